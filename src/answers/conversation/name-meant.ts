import type { Concept } from "../../curriculum/schema.ts";
import type { Name } from "./conversation.ts";
import { pressNamed } from "./press-words.ts";
import { readWish } from "./wishes.ts";

/** A word that speaks to or of somebody makes a line talk, not a mistyped command. */
const talk = /\b(?:me|you|it|this|that|them|i|my|please)\b/i;

/** A greeting lies near `help` in letters only. */
const greeting =
  /^(?:hello|hallo|hullo|hi+|hey+|hola|howdy|hiya|yo|thanks?|bye)(?: (?:there|all|bot|everyone))?[\s!.,]*$/i;

/** Longer messages name no button and no feature. */
const longest = 100;

/** Reads which button or command the words of a message name. */
export function createName(parts: { concept(name: string): Concept | undefined; has(command: string): boolean }): Name {
  return (invocation, memory) => {
    const { command, options } = invocation;
    const typed = String((command === "ask" ? options.question : options.typed) ?? "").trim();
    if (!typed || typed.length > longest || typed.includes("\n")) return invocation;
    const named = (memory && pressNamed(typed, memory.controls)) ?? readWish(typed, { ...parts, memory });
    if (named) return { ...invocation, ...named };
    return command === "suggest" && (talk.test(typed) || greeting.test(typed))
      ? { ...invocation, command: "ask", options: { question: typed } }
      : invocation;
  };
}
