import {
  type Block,
  button,
  type Control,
  code,
  controls,
  type Press,
  press,
  type Reply,
  reply,
  text,
} from "../core/reply.ts";
import type { Curriculum } from "../curriculum/load.ts";
import type { Concept } from "../curriculum/schema.ts";
import { showPlaceholders } from "../experiments/transcript.ts";

/** How much of a card is told: the short answer with its example, or everything. */
export type Level = "beginner" | "deeper";

/** What an answer can lead to, as far as the parts for it are running. */
export interface FollowUps {
  /** Live or recorded experiments. */
  experiments: boolean;
  quiz: boolean;
  sandbox: boolean;
  feedback: boolean;
  /** Shows this answer to everybody; only where it is private. */
  share?: Press | undefined;
}

/** What was told, so that it is the same reply each time, which a platform draws once. `body` lacks the last row. */
const told = new WeakMap<Curriculum, Map<string, { body: Reply; whole: Reply }>>();

/** A card as an answer: short first, then the example, the source, what kind of answer it is, and where to go on. */
export function answerConcept(concept: Concept, level: Level, curriculum: Curriculum, offers: FollowUps): Reply {
  const { experiments, quiz, sandbox, feedback, share } = offers;
  const replies = told.get(curriculum) ?? new Map<string, { body: Reply; whole: Reply }>();
  told.set(curriculum, replies);
  const key = [concept.id, level, experiments, quiz, sandbox, feedback].join(" ");
  const found = replies.get(key);
  const body = found?.body ?? tell(concept, level, curriculum, offers);
  const whole = found?.whole ?? reply(...body.blocks, closing(concept, { ...offers, share: undefined }));
  replies.set(key, { body, whole });
  return share ? reply(...body.blocks, closing(concept, offers)) : whole;
}

function tell(concept: Concept, level: Level, curriculum: Curriculum, offers: FollowUps): Reply {
  const deeper = level === "deeper";
  return reply(
    text(`**${concept.title}**\n${concept.short}`),
    (deeper || concept.complete) && concept.details !== "" && text(concept.details),
    text(concept.example.intro),
    code(showPlaceholders(concept.example.console), "console"),
    deeper && text(concept.deeper),
    text(sourceLine(deeper ? concept : { ...concept, sources: concept.sources.slice(0, 1) })),
    controls(
      !deeper && button("More details", press("concept", { name: concept.id, level: "deeper" })),
      ...nextSteps(concept, offers),
    ),
    controls(...relatedButtons(concept, curriculum)),
  );
}

/** Two cards side by side, short. */
export function answerPair(a: Concept, b: Concept, share?: Press): Reply {
  return reply(
    text(`**${a.title}**\n${a.short}`),
    text(`**${b.title}**\n${b.short}`),
    text(`${sourceLine(a)}\n${sourceLine(b)}`),
    controls(
      ...[a, b].map((one) => button(one.title, press("concept", { name: one.id }))),
      share && shareButton(share),
    ),
  );
}

const shareButton = (share: Press): Control => button("Share here", share);

/** `Source: …` with what kind of answer it is. */
export function sourceLine(concept: Concept): string {
  const links = concept.sources.map((url) => `[${pageName(url)}](${url})`).join(", ");
  return `_From a reviewed card._ Source: ${links}`;
}

function nextSteps(concept: Concept, offers: FollowUps): (Control | false)[] {
  return [
    offers.experiments &&
      concept.experiment !== undefined &&
      button("Show me", press("show", { experiment: concept.experiment }), "primary"),
    offers.quiz && button("Quiz me on this", press("quiz solo", { topic: concept.id })),
    offers.sandbox && button("Try it", press("sandbox try", { concept: concept.id })),
  ];
}

/** One button for each related card. */
export function relatedButtons(concept: Concept, curriculum: Curriculum): Control[] {
  return concept.related.flatMap((id) => {
    const related = curriculum.concepts.get(id);
    return related ? [button(related.title, press("concept", { name: id }))] : [];
  });
}

/** The last row: share it, rate it. */
function closing(concept: Concept, { share, feedback }: FollowUps): Block | undefined {
  return controls(
    share && shareButton(share),
    feedback && button("Helpful", press("feedback", { about: concept.id, verdict: "helpful" })),
    feedback && button("Not helpful", press("feedback", { about: concept.id, verdict: "unhelpful" })),
  );
}

/** A readable name for a documentation address: its host and last path part. */
export function pageName(url: string): string {
  const { hostname, pathname } = new URL(url);
  const page = pathname.split("/").filter(Boolean).at(-1)?.replace(/\.md$/, "").replaceAll(/[-_]/g, " ");
  return page ? `${hostname}: ${page}` : hostname;
}
