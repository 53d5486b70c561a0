import { type Block, button, type Control, code, controls, press, type Reply, reply, text } from "../../core/reply.ts";
import type { Curriculum } from "../../curriculum/load.ts";
import type { Part } from "../../curriculum/markdown.ts";
import { fillPlaceholders } from "../../curriculum/placeholders.ts";
import type { Answer, Concept } from "../../curriculum/schema.ts";
import { showPlaceholders } from "../../curriculum/transcript.ts";
import { type FollowUps, pageName } from "../cards/answer.ts";
import { sharePress } from "../share-press.ts";
import type { Values } from "../values.ts";

/** What an answer is told with. */
export interface Telling {
  curriculum: Curriculum;
  offers: FollowUps;
  /** What the learner named of their own. */
  values?: Values;
  /** Other answers that may have been meant, best first. */
  others?: readonly Answer[];
  /** Says what was understood, where that is not certain. */
  unsure?: boolean;
  /** Begins with what it is about: that was understood from what was said before. */
  lead?: boolean;
}

/** An answer as a reply: the decisive fact first, then the command, one line about the concept, the source, and where to go on. */
export function answerReply(
  answer: Answer,
  { curriculum, offers, values = {}, others = [], unsure = false, lead = false }: Telling,
): Reply {
  const concept = curriculum.concepts.get(answer.concept);
  const asked = others.filter(({ question }) => question !== "");
  return reply(
    unsure && answer.question !== "" && text(`**${answer.question}**`),
    ...withLead(answer.parts, lead ? concept : undefined).map((part) => showPart(part, values)),
    ...meantBlocks(asked, values),
    text([concept && !lead && aboutLine(concept, answer.parts), sourceLine(answer.sources)].filter(Boolean).join("\n")),
    controls(...nextSteps(concept, offers), ...asked.map(meantButton)),
    closing(answer, offers),
  );
}

function withLead(parts: Answer["parts"], concept: Concept | undefined): Answer["parts"] {
  const [first, ...rest] = parts;
  if (!concept || !first || first.fence !== null) return parts;
  return [{ ...first, text: `About **${concept.title}**: ${first.text}` }, ...rest];
}

/** Prose or a block of an answer, with the learner's values in it. */
export function showPart({ fence, text: source }: Part, values: Values): Block {
  if (fence === null) return text(fillPlaceholders(source, values));
  if (fence === "console") return code(showPlaceholders(source), "console");
  const language = fence === "sh" || fence === "dockerfile" || fence === "yaml" || fence === "json" ? fence : "text";
  return code(fillPlaceholders(source, values), language);
}

/** Other answers that may have been meant: the nearest in full, the rest by their first sentence. */
function meantBlocks([first, ...rest]: readonly Answer[], values: Values): Block[] {
  if (!first) return [];
  const [prose, ...blocks] = first.parts;
  return [
    text(`**Or did you mean: ${first.question}**\n${fillPlaceholders(prose?.text ?? "", values)}`),
    ...blocks.slice(0, 1).map((part) => showPart(part, values)),
    ...(rest.length ? [text(rest.map((one) => offerLine(one, values)).join("\n"))] : []),
  ];
}

/** Another answer in one line: its question, and the fact it begins with. */
function offerLine({ question, parts }: Answer, values: Values): string {
  const prose = fillPlaceholders(parts[0]?.text ?? "", values);
  return `- **${question}** ${firstSentence(prose)}`;
}

/** The concept behind an answer in one line; not when the answer says the same. */
export function aboutLine({ title, short }: Concept, parts: readonly Part[]): string | undefined {
  const first = firstSentence(short);
  return parts[0]?.text.includes(first) ? undefined : `About **${title}**: ${first}`;
}

/** What kind of answer it is, and its first official pages. */
export function sourceLine(sources: readonly string[]): string {
  const links = sources.slice(0, 2).map((url) => `[${pageName(url)}](${url})`);
  return `_From a reviewed answer._ Source: ${links.join(", ")}`;
}

/** At most five: prove it, go deeper, ask about it, try it, and one other answer. `experiment`: a nearer one than the concept's. */
export function nextSteps(
  concept: Concept | undefined,
  offers: FollowUps,
  experiment = concept?.experiment,
): (Control | false)[] {
  if (!concept) return [];
  return [
    offers.experiments && experiment !== undefined && button("Show me", press("show", { experiment }), "primary"),
    offers.quiz && button("Quiz me on this", press("quiz solo", { topic: concept.id })),
    offers.sandbox && button("Try it", press("sandbox try", { concept: concept.id })),
    button(`About ${concept.title}`.slice(0, 75), press("concept", { name: concept.id })),
  ];
}

function meantButton({ id, question }: Answer): Control {
  return button(question.slice(0, 75), press("answer", { of: id }));
}

/** The last row: share it, rate it. */
export function closing(
  { id, concept }: Pick<Answer, "id" | "concept">,
  { share, feedback }: FollowUps,
): Block | undefined {
  const made = share ? sharePress({ concepts: [id.includes("~") ? concept : id], level: "beginner" }) : undefined;
  return controls(
    made && button("Share here", made),
    feedback && button("Helpful", press("feedback", { about: concept, verdict: "helpful" })),
    feedback && button("Not helpful", press("feedback", { about: concept, verdict: "unhelpful" })),
  );
}

/** The first sentence of a paragraph; the whole of it when it has only one. */
export function firstSentence(paragraph: string): string {
  return /^.+?[.!?:](?=\s|$)/s.exec(paragraph)?.[0] ?? paragraph;
}
