import { type Block, button, type Control, code, controls, press, type Reply, reply, text } from "../../core/reply.ts";
import type { Curriculum } from "../../curriculum/load.ts";
import type { Concept } from "../../curriculum/schema.ts";
import { showPlaceholders } from "../../curriculum/transcript.ts";
import { type Shared, sharePress } from "../share-press.ts";

/** How much of a card is told: the short answer with its example, or everything. */
export type Level = "beginner" | "deeper";

/** What an answer can lead to, as far as the parts for it are running. */
export interface FollowUps {
  /** Live or recorded experiments. */
  experiments: boolean;
  quiz: boolean;
  sandbox: boolean;
  feedback: boolean;
  /** Showing this answer to everybody; only where it is private. */
  share?: boolean;
}

/** What was told, so that it is the same reply each time, which a platform draws once. */
const told = new WeakMap<Curriculum, Map<string, Reply>>();

/** A card as an answer: short first, then the example, the source, what kind of answer it is, and where to go on. */
export function answerConcept(concept: Concept, level: Level, curriculum: Curriculum, offers: FollowUps): Reply {
  const { experiments, quiz, sandbox, feedback, share } = offers;
  const replies = told.get(curriculum) ?? new Map<string, Reply>();
  told.set(curriculum, replies);
  const key = [concept.id, level, experiments, quiz, sandbox, feedback, share].join(" ");
  const answer = replies.get(key) ?? tell(concept, level, curriculum, offers);
  replies.set(key, answer);
  return answer;
}

function tell(concept: Concept, level: Level, curriculum: Curriculum, offers: FollowUps): Reply {
  const deeper = level === "deeper";
  const card = reply(
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
    closing(concept, level, offers),
  );
  return { ...card, about: { concept: concept.id, question: concept.title } };
}

/** Two cards side by side, short. */
export function answerPair(a: Concept, b: Concept, { share = false }: { share?: boolean } = {}): Reply {
  return reply(
    text(`**${a.title}**\n${a.short}`),
    text(`**${b.title}**\n${b.short}`),
    text(`${sourceLine(a)}\n${sourceLine(b)}`),
    controls(
      ...[a, b].map((one) => button(one.title, press("concept", { name: one.id }))),
      share && shareButton({ concepts: [a.id, b.id], level: "deeper" }),
    ),
  );
}

function shareButton(shared: Shared): Control | undefined {
  const share = sharePress(shared);
  return share && button("Share here", share);
}

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
function closing(concept: Concept, level: Level, { share, feedback }: FollowUps): Block | undefined {
  return controls(
    share && shareButton({ concepts: [concept.id], level }),
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
