import type { Curriculum } from "../../curriculum/load.ts";
import type { Finding } from "../cards/search.ts";
import type { Tutor } from "../cards/tutor.ts";
import { answersInEnglish } from "../languages.ts";
import type { Match } from "../retrieval/answer-search.ts";
import type { Memory } from "./memory.ts";
import { namesOf } from "./names.ts";
import { lastAsked, pointsBack, type Rephrased, rephrase } from "./rephrase.ts";

/** A question as it is understood in its conversation, and what was found for it. */
export interface InContext {
  question: string;
  finding: Finding;
  matches: readonly Match[];
  /** The id of the concept by which it was understood; undefined where the words said it all. */
  concept?: string;
}

/** Begins as a question or a further wish does. */
const asks =
  /^\W*(?:and|but|so|or|then|what|how|why|when|where|which|who|can|could|do|does|did|is|are|will|would|should|must|may|only|just|even|show|it|that|this)\b|\?\s*$/i;
/** What it costs a reading that it is less exact. */
const costs: Readonly<Record<Rephrased["how"], number>> = { own: 0.25, noun: 0, swap: -0.4, whole: 0.15 };
/** What it costs an answer that it was told just before, what it gains by belonging to the same concept, and by naming the same thing. */
const weights = { told: 1, same: 0.8, noun: 0.6, open: 0.5 } as const;
/** How much of an answer's score for the last question is taken off where both questions are read as one. */
const lastQuestion = 0.5;

/** Finds what a question means after what was said before. Never throws. */
export function inContext(
  question: string,
  memory: Memory | undefined,
  { tutor, curriculum }: { tutor: Tutor; curriculum: Curriculum },
): InContext {
  const plain = { question, finding: tutor.find(question), matches: tutor.answers(question) };
  const near = memory?.topic?.concept;
  // "Thanks" goes on from nothing, and neither does a question about another subject.
  const talk = plain.finding.redirect !== undefined && !(asks.test(question) && pointsBack(question));
  if (!memory || !near || talk || answersInEnglish(question) !== undefined) return plain;
  const readings = rephrase(question, memory, namesOf(curriculum));
  if (readings.length === 1) return plain;
  const told = new Set(memory.told);
  const before = new Map(tutor.answers(lastAsked(memory.topic), near).map(({ answer, score }) => [answer.id, score]));
  const worth = ({ answer, score }: Match, { how, noun, again, open }: Rephrased) =>
    score -
    costs[how] -
    (told.has(answer.id) && !again ? weights.told : 0) -
    (open ? weights.open : 0) -
    (how === "whole" && !again ? lastQuestion * Math.max(0, before.get(answer.id) ?? 0) : 0) +
    (how !== "swap" && answer.concept === near ? weights.same : 0) +
    (noun && answer.question.toLowerCase().includes(noun) ? weights.noun : 0);
  const scored = readings.flatMap((reading) =>
    tutor
      .answers(reading.text, reading.how === "swap" ? undefined : near)
      .map((match) => ({ text: reading.text, match: { ...match, score: worth(match, reading) } })),
  );
  scored.sort((a, b) => b.match.score - a.match.score);
  const [best] = scored;
  if (!best) return plain;
  const matches = new Map<string, Match>();
  for (const { match } of scored) if (!matches.has(match.answer.id)) matches.set(match.answer.id, match);
  return {
    question: best.text,
    finding: tutor.find(best.text),
    matches: [...matches.values()].slice(0, 4),
    concept: best.match.answer.concept,
  };
}
