import { z } from "zod";
import { answerQuestion } from "../src/answers/answer-question.ts";
import { pageName } from "../src/answers/cards/answer.ts";
import type { Finding } from "../src/answers/cards/search.ts";
import { goOn } from "../src/answers/conversation/go-on.ts";
import { inContext } from "../src/answers/conversation/in-context.ts";
import { answersInEnglish } from "../src/answers/languages.ts";
import { mayShare } from "../src/answers/share-press.ts";
import { defineCommand } from "../src/core/command.ts";
import type { Context } from "../src/core/context.ts";
import { button, controls, press, privately, type Reply, reply, text } from "../src/core/reply.ts";

/** Longest question, in characters: enough for a post with a pasted error. */
const longest = 4000;

export default defineCommand({
  name: "ask",
  summary: "Ask anything about Docker images and containers",
  options: z.object({
    question: z
      .string()
      .trim()
      .min(1)
      .max(
        longest,
        `Too long: I read questions of up to ${longest} characters, so send the part with the error or the question`,
      )
      .describe("Your question, in your own words; paste the error if there is one"),
    level: z.enum(["beginner", "deeper"]).default("beginner").describe("How much to tell: beginner or deeper"),
    share: z.enum(["yes", "no"]).optional().describe("yes: everybody in the channel sees the answer; no: only you"),
  }),
  positional: ["question"],
  examples: ["ask how do images and containers differ?", "ask level:deeper what is a layer"],
  async *run({ question, level, share }, context) {
    const { conversations, curriculum, feedback, offers, quiz, tutor } = context.services;
    const [memory] = await Promise.all([conversations?.recall(context), tutor.ready()]);
    const meant = inContext(question, memory, { tutor, curriculum: curriculum.current });
    const { finding } = meant;
    const audience = share === undefined ? undefined : share === "yes" ? "channel" : "asker";
    const told = { curriculum: curriculum.current, offers: { ...offers(), share: mayShare(context, audience) } };
    const wentOn = memory && goOn(question, memory, told);
    const answered =
      wentOn ??
      answerQuestion({
        ...{ question, finding, level, matches: meant.matches, ...told },
        diagnosis: tutor.diagnose(question, memory?.values),
        ...(memory && { values: memory.values }),
        inContext: meant.concept !== undefined,
      });
    const open = await quiz.openQuestionAt(context.place);
    if (open && [answered?.concept, finding.ranked[0]?.concept].includes(open.concept)) {
      yield hintInstead(open.hint);
      return;
    }
    const unanswered = !answered && finding.redirect === undefined;
    // Nobody waits for the disk here: the question is noted while its answer is on its way.
    const noted = unanswered && feedback?.recordUnanswered(question, finding, context);
    const { reply: found = nearestCards(finding, context), ...about } = answered ?? {};
    const asked = (wentOn && memory?.topic?.question) ?? meant.question;
    const answer: Reply = "concept" in about ? { ...found, about: { ...about, question: asked } } : found;
    const heard = understandable(answer, question);
    yield audience ? { ...heard, audience } : heard;
    await noted;
  },
});

/** In another language only the words that are English too are understood, so the answer begins with saying so in that language. */
function understandable(answer: Reply, question: string): Reply {
  const said = answersInEnglish(question);
  return said === undefined ? answer : { ...answer, blocks: [text(said), ...answer.blocks] };
}

/** While a quiz asks about the same concept here, the answer would spoil it for everybody. */
function hintInstead(hint: string): Reply {
  return privately(
    reply(
      text(`That is what the open quiz question here is about, so I keep the answer until it closes. A hint: ${hint}`),
    ),
  );
}

/** What is said when nothing is sure enough: the nearest cards, a redirect, or an honest no. */
function nearestCards(finding: Finding, context: Context): Reply {
  const { curriculum } = context.services;
  const concepts = finding.ranked.flatMap(({ concept }) => curriculum.current.concepts.get(concept) ?? []);
  const redirect = finding.redirect === undefined ? undefined : curriculum.current.redirects.get(finding.redirect);
  const [best] = concepts;
  if (finding.outcome === "unsure" && best) {
    const nearest = concepts.slice(0, 3);
    return reply(
      text("I am not sure what you mean. Is it one of these? If not, say it in other words, or paste the exact error."),
      text(nearest.map((concept) => `- **${concept.title}**: ${firstSentence(concept.short)}`).join("\n")),
      controls(...nearest.map((concept) => button(concept.title, press("concept", { name: concept.id })))),
    );
  }
  const offered = curriculum.current.concepts.get(redirect?.suggest ?? best?.id ?? "image-vs-container");
  return reply(
    text(
      redirect?.text ??
        "I do not know that one. I teach Docker images and containers, and I would rather say so than guess.",
    ),
    redirect?.source !== undefined && text(`Official page: [${pageName(redirect.source)}](${redirect.source})`),
    offered && text(`What I can tell you about, for example: **${offered.title}**.`),
    controls(
      redirect?.id === "greetings" && button("Learn step by step", press("path"), "primary"),
      offered && button(offered.title, press("concept", { name: offered.id })),
      button("All topics", press("topics")),
    ),
  );
}

function firstSentence(paragraph: string): string {
  return /^.+?[.!?](?=\s|$)/s.exec(paragraph)?.[0] ?? paragraph;
}
