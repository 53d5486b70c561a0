import type { Reply } from "../core/reply.ts";
import type { Curriculum } from "../curriculum/load.ts";
import { answerConcept, type FollowUps, type Level } from "./cards/answer.ts";
import type { Finding } from "./cards/search.ts";
import type { Diagnosis } from "./errors/clinic.ts";
import { diagnosisReply } from "./errors/diagnosis-reply.ts";
import { explainPaste } from "./explain/explain-paste.ts";
import { explanationReply } from "./explain/explanation-reply.ts";
import { answerReply } from "./retrieval/answer-reply.ts";
import type { Match } from "./retrieval/answer-search.ts";
import { readValues, type Values } from "./values.ts";

/** What a question is answered with. */
export interface Asked {
  question: string;
  finding: Finding;
  matches: readonly Match[];
  /** What the clinic says, when an error was pasted. */
  diagnosis?: Diagnosis | undefined;
  level: Level;
  curriculum: Curriculum;
  offers: FollowUps;
  /** What was named earlier in the conversation. */
  values?: Values;
  /** The question was understood from what was said before. */
  inContext?: boolean;
}

/** An answer and what it is about. */
export interface Answered {
  concept: string;
  /** The id of the reviewed answer; undefined where the card was told. */
  answer?: string;
  reply: Reply;
}

/** From this likeness of letters on, a question is nearly word for word one that an answer was written for. */
const verbatim = 0.62;
/** A question that no card is near is answered only if an answer is this like it, */
const nearEnough = { unsure: 0.5, decline: 0.65 } as const;
/** or if the best answer belongs to the best card, has this score, and the search is this sure that the question is one for it. */
const agreeing = { unsure: { score: 8, confidence: 0 }, decline: { score: 12, confidence: 0.4 } } as const;
/** From this likeness on, a question is put just as it was written. */
const asWritten = 0.97;
/** What was said before says most of what is asked, so its words may be less like it. */
const nearInContext = 0.2;
/** How far (in points) a runner-up may be behind to be offered. */
const close = 2.75;

/** The reply to a question: a reviewed answer first, the card where it asks for nothing more; undefined when neither is sure enough. */
export function answerQuestion({
  question,
  finding,
  matches,
  diagnosis,
  level,
  curriculum,
  offers,
  values,
  inContext = false,
}: Asked): Answered | undefined {
  const explained = explainPaste(question);
  // What is wrong with the file itself says more than the error that it led to.
  const worst = explained?.problems[0]?.weight ?? 0;
  const failed =
    diagnosis !== undefined ||
    /\b(?:error|failed|denied|cannot|refused|invalid|not found|no such|unable)\b/i.test(question);
  if (explained && level === "beginner" && worst >= leastWorst(diagnosis, failed)) {
    return { concept: explained.concept, reply: explanationReply(explained, { curriculum, offers }) };
  }
  if (diagnosis && leads(diagnosis, matches, finding)) {
    const { concept, id } = diagnosis;
    return { concept, answer: id, reply: diagnosisReply(diagnosis, { curriculum, offers }) };
  }
  const [best, ...rest] = matches;
  const top = curriculum.concepts.get(finding.ranked[0]?.concept ?? "");
  const whole = finding.rule === "comparison" && top?.complete === true;
  const bare = finding.rule === "definition" || whole;
  const sure = best !== undefined && best.likeness >= verbatim && !whole;
  const enough = inContext
    ? (best?.likeness ?? 0) >= nearInContext
    : finding.outcome === "answer"
      ? !bare || sure
      : best !== undefined && isNear(best, finding, finding.outcome);
  const wanted = best !== undefined && enough;
  if (wanted && level === "beginner") {
    const others = rest.filter(({ score }) => score > best.score - close).slice(0, sure ? 1 : 2);
    return {
      concept: best.answer.concept,
      answer: best.answer.id,
      reply: answerReply(best.answer, {
        ...{ curriculum, offers, values: { ...values, ...readValues(question) } },
        others: others.map(({ answer }) => answer),
        unsure: (finding.outcome !== "answer" && !inContext) || answersYesOrNo(best),
        lead: inContext,
      }),
    };
  }
  if (finding.outcome !== "answer" || !top) return undefined;
  return { concept: top.id, reply: answerConcept(top, level, curriculum, offers) };
}

/** How grave a fault of a pasted text must be to come before what is known of the error. */
function leastWorst(diagnosis: Diagnosis | undefined, failed: boolean): number {
  if (diagnosis) return diagnosis.rank === "cause" ? 10 : 5;
  return failed ? 8 : 0;
}

function isNear({ answer, likeness, score }: Match, { ranked, confidence }: Finding, outcome: "unsure" | "decline") {
  const least = agreeing[outcome];
  const agrees = answer.concept === ranked[0]?.concept && score >= least.score && confidence >= least.confidence;
  return agrees || likeness >= nearEnough[outcome];
}

/** A "Yes" means the opposite where the question was put the other way round, so the question it belongs to is shown, too. */
function answersYesOrNo({ answer, likeness }: Match): boolean {
  return likeness < asWritten && /^(?:Yes|No)\b/.test(answer.parts[0]?.text ?? "");
}

/** Whether the clinic speaks first: always with a cause; with less, unless an answer was written for these very words. */
function leads({ rank }: Diagnosis, [best]: readonly Match[], finding: Finding): boolean {
  if (rank === "cause") return true;
  if ((best?.likeness ?? 0) >= verbatim) return false;
  return rank === "wrapper" || finding.outcome !== "answer";
}
