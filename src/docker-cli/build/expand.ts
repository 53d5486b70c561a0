import { LineRefusal } from "../line-refusal.ts";

/** The most characters that one instruction may have once its variables are filled in. */
export const longestInstruction = 16 * 1024;

/**
 * Replaces `$name`, `${name}` and `${name:-default}` outside single quotes, as a Dockerfile's instructions do. Throws
 * {@link LineRefusal} when that makes more than {@link longestInstruction} characters.
 */
export function expandVariables(text: string, variables: ReadonlyMap<string, string>): string {
  const parts: string[] = [];
  let size = 0;
  const add = (part: string) => {
    size += part.length;
    if (size > longestInstruction)
      throw new LineRefusal(
        `With its variables filled in it is longer than ${longestInstruction / 1024} kB. Variables made of each other grow very fast; make them shorter.`,
        "env-config",
      );
    parts.push(part);
  };
  let single = false;
  for (let at = 0; at < text.length; at++) {
    const char = text[at] ?? "";
    if (char === "\\" && at + 1 < text.length) {
      const next = text[++at] ?? "";
      add(next === "$" ? "$" : char + next);
      continue;
    }
    if (char === "'") single = !single;
    const match =
      char === "$" && !single ? /^\$(?:(\w+)|\{(\w+)(?::([-+])([^}]*))?\})/.exec(text.slice(at, at + 500)) : null;
    if (!match) {
      add(char);
      continue;
    }
    const [whole, plain, braced, sign, other = ""] = match;
    const value = variables.get(plain ?? braced ?? "") ?? "";
    add(sign === "-" ? value || other : sign === "+" ? (value ? other : "") : value);
    at += whole.length - 1;
  }
  return parts.join("");
}

/** `NAME=value` lines as a map. */
export function variablesOf(env: readonly string[]): Map<string, string> {
  return new Map(env.map((one) => [one.slice(0, one.indexOf("=")), one.slice(one.indexOf("=") + 1)]));
}
