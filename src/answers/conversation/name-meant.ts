import type { Caller } from "../../core/context.ts";
import type { Concept } from "../../curriculum/schema.ts";
import type { Name } from "./conversation.ts";
import { pressNamed } from "./press-words.ts";
import { readWish } from "./wishes.ts";
import { pressWork, speaksToWork, type Work } from "./work-words.ts";

/** A word that speaks to or of somebody makes a line talk, not a mistyped command. */
const talk = /\b(?:me|you|it|this|that|them|i|my|please)\b/i;

/** A greeting lies near `help` in letters only. */
const greeting =
  /^(?:hello|hallo|hullo|hi+|hey+|hola|howdy|hiya|yo|thanks?|bye)(?: (?:there|all|bot|everyone))?[\s!.,]*$/i;

/** Longer messages name no button and no feature. */
const longest = 100;

/** Reads which button or command the words of a message name. */
export function createName({
  workOf,
  ...parts
}: {
  concept(name: string): Concept | undefined;
  has(command: string): boolean;
  lab?(id: string): boolean;
  /** What a person has begun and can go on with. */
  workOf?(caller: Caller): Promise<Work | undefined>;
}): Name {
  return async (invocation, memory) => {
    const { command, options } = invocation;
    const typed = String((command === "ask" ? options.question : options.typed) ?? "").trim();
    if (!typed || typed.length > longest || typed.includes("\n")) return invocation;
    const work = speaksToWork(typed) ? await workOf?.(invocation.caller) : undefined;
    const named =
      (memory && pressNamed(typed, memory.controls, work !== undefined)) ??
      (work && pressWork(typed, work)) ??
      readWish(typed, { ...parts, memory });
    if (named) return { ...invocation, ...named };
    return command === "suggest" && (talk.test(typed) || greeting.test(typed))
      ? { ...invocation, command: "ask", options: { question: typed } }
      : invocation;
  };
}
