import type { Press } from "../../core/reply.ts";
import { press } from "../../core/reply.ts";
import type { Concept } from "../../curriculum/schema.ts";
import type { Memory } from "./memory.ts";

/** What a wish is read with. */
export interface WishParts {
  /** The card that a name or a few words mean. */
  concept(name: string): Concept | undefined;
  /** Whether there is such a command. */
  has(command: string): boolean;
  /** Whether there is such a lab. */
  lab?(id: string): boolean;
  memory: Memory | undefined;
}

const please = /^(?:(?:please|hey|hi|ok(?:ay)?|can you|could you|would you|i want you to)[, ]+)*/;
const this_ = /^(?:this|that|it|these|those|them|this topic)$/;

const quizMe =
  /^(?:quiz|test|examine|ask) me(?:(?: a (?:few )?questions?)?(?: on| about)? (?<topic>.+))?$|^(?:give me|start|i want|let'?s (?:do|have)) an? quiz(?: (?:on|about) (?<about>.+))?$/;
const showMe =
  /^(?:show me|demonstrate|prove)(?: (?:how|that|an? (?:demo|experiment|proof) (?:of|on|about)))? (?<what>.+)$/;
const sandbox =
  /^(?:give me|start|open|make|create|i (?:want|need|would like)|can i (?:have|get)) (?:an?|my|the) (?:own )?(?:sandbox|playground)$/;
const labs =
  /^(?:start|give me|do|begin|i want|let'?s do|show me) (?:an?|the|some) (?:labs?|exercises?)$|^(?:i (?:want|would like|need|'d like) to|let me|can i|how can i|where can i) (?:practi[cs]e|exercise|do (?:some )?(?:exercises|labs)|learn by doing|get hands[- ]?on)(?: (?:docker|it|this|a bit|some))*$|^(?:hands[- ]?on|exercises?|practice|labs?)$/;
const path =
  /^(?:where (?:do|should|can) i (?:start|begin)|how (?:do|should) i (?:start|begin|get started)(?: learning)?|what should i learn (?:first|next)|(?:a |the |show me (?:a |the )|is there a |give me a )?(?:learning )?(?:path|roadmap|curriculum|study plan)|teach me(?: (?:about|everything about))?|i(?: am|'m) (?:new|a (?:total |complete |absolute )?beginner)|i want to learn|get(?:ting)? started|what (?:do|can) you teach)(?: (?:docker|containers|with docker|to docker|learning docker|in docker|here|from scratch|for docker))*$/;
const help =
  /^(?:help(?: me)?|what can (?:you|i) do(?: here)?|what (?:commands|features) (?:are there|do you have)|how (?:do|does) (?:you|this|this bot|the bot) work|how do i use (?:you|this bot|this)|what are you(?: for)?|who are you)$/;

const partsOf =
  /^(?:(?:and |so )?what (?:do|does|is|are|did)|explain|tell me about|break down|take apart) (?:that|this|these|those|the|all|all those|each)(?: (?:the|of))?(?: (?:command|line|flags?|options?|switch(?:es)?|parts?|parameters?|arguments?))+(?: (?:do|for|mean|good for|part by part|there|in it|exactly|please))*$/;

/** The feature that words wish for; undefined when they are a question or name nothing there is. */
export function readWish(typed: string, { concept, has, lab, memory }: WishParts): Press | undefined {
  const words = plain(typed).replace(please, "");
  if (words.length > 80) return undefined;
  if (help.test(words)) return press("help");
  if (sandbox.test(words)) return press("sandbox start");
  if (labs.test(words)) return press("lab list");
  if (lab?.(words)) return press("lab start", { lab: words });
  if (path.test(words)) return press(has("path") ? "path" : "topics");
  if (partsOf.test(words) && memory?.command && has("explain")) return press("explain", { what: memory.command });
  const quiz = quizMe.exec(words)?.groups;
  if (quiz) return wishForQuiz(quiz.topic ?? quiz.about, { concept, memory });
  const what = showMe.exec(words)?.groups?.what;
  const shown = what && (this_.test(what) ? concept(memory?.topic?.concept ?? "") : concept(what));
  if (shown)
    return shown.experiment ? press("show", { experiment: shown.experiment }) : press("concept", { name: shown.id });
  return undefined;
}

function wishForQuiz(
  named: string | undefined,
  { concept, memory }: Pick<WishParts, "concept" | "memory">,
): Press | undefined {
  const now = memory?.topic?.concept;
  if (named === undefined || /^(?:please|now|again|docker|containers and images|images and containers)$/.test(named))
    return press("quiz solo");
  if (this_.test(named)) return press("quiz solo", now ? { topic: now } : {});
  const about = concept(named);
  return about && press("quiz solo", { topic: about.id });
}

function plain(text: string): string {
  return text
    .toLowerCase()
    .replaceAll("\u2019", "'")
    .replace(/[\s.!?,]+/g, " ")
    .trim();
}
