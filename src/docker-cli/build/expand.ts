/** Replaces `$name`, `${name}` and `${name:-default}` outside single quotes, as a Dockerfile's instructions do. */
export function expandVariables(text: string, variables: ReadonlyMap<string, string>): string {
  let expanded = "";
  let single = false;
  for (let at = 0; at < text.length; at++) {
    const char = text[at] ?? "";
    if (char === "\\" && at + 1 < text.length) {
      const next = text[++at] ?? "";
      expanded += next === "$" ? "$" : char + next;
      continue;
    }
    if (char === "'") single = !single;
    const match =
      char === "$" && !single ? /^\$(?:(\w+)|\{(\w+)(?::([-+])([^}]*))?\})/.exec(text.slice(at, at + 500)) : null;
    if (!match) {
      expanded += char;
      continue;
    }
    const [whole, plain, braced, sign, other = ""] = match;
    const value = variables.get(plain ?? braced ?? "") ?? "";
    expanded += sign === "-" ? value || other : sign === "+" ? (value ? other : "") : value;
    at += whole.length - 1;
  }
  return expanded;
}

/** `NAME=value` lines as a map. */
export function variablesOf(env: readonly string[]): Map<string, string> {
  return new Map(env.map((one) => [one.slice(0, one.indexOf("=")), one.slice(one.indexOf("=") + 1)]));
}
