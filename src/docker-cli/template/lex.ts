import { TemplateError } from "./template-error.ts";

export type Token =
  | { kind: "word"; text: string }
  | { kind: "field"; text: string; path: string[]; at: number }
  | { kind: "variable"; text: string; path: string[] }
  | { kind: "literal"; value: unknown }
  | { kind: "open" | "pipe" | "assign" | "comma" }
  | { kind: "close"; path: string[] };

const path = "(?:\\.[\\p{L}_][\\p{L}\\p{N}_]*)";
const patterns: [RegExp, (match: RegExpExecArray, at: number) => Token | undefined][] = [
  [/^\s+/, () => undefined],
  [new RegExp(`^\\)(${path}*)`, "u"), ([, fields = ""]) => ({ kind: "close", path: split(fields) })],
  [/^\(/, () => ({ kind: "open" })],
  [/^\|/, () => ({ kind: "pipe" })],
  [/^:?=/, () => ({ kind: "assign" })],
  [/^,/, () => ({ kind: "comma" })],
  [new RegExp(`^${path}+`, "u"), ([text], at) => ({ kind: "field", text, path: split(text), at })],
  [/^\./, (_, at) => ({ kind: "field", text: ".", path: [], at })],
  [
    new RegExp(`^(\\$[\\p{L}\\p{N}_]*)(${path}*)`, "u"),
    ([, text = "", fields = ""]) => ({ kind: "variable", text, path: split(fields) }),
  ],
  [/^-?\d+(?:\.\d+)?(?![\w.])/, ([text]) => ({ kind: "literal", value: Number(text) })],
  [/^"(?:[^"\\]|\\.)*"/, ([text]) => ({ kind: "literal", value: unquote(text) })],
  [/^`([^`]*)`/, ([, text = ""]) => ({ kind: "literal", value: text })],
  [/^'(?:[^'\\]|\\.)'/, ([text]) => ({ kind: "literal", value: text.codePointAt(1) })],
  [/^(?:true|false)(?!\w)/, ([text]) => ({ kind: "literal", value: text === "true" })],
  [/^nil(?!\w)/, () => ({ kind: "literal", value: null })],
  [/^[\p{L}_][\p{L}\p{N}_]*/u, ([text]) => ({ kind: "word", text })],
];

/** The tokens of one action; `offset` is where it begins in the template. Throws {@link TemplateError}. */
export function lexAction(action: string, offset: number): Token[] {
  const tokens: Token[] = [];
  let at = 0;
  while (at < action.length) {
    const rest = action.slice(at);
    let taken = 0;
    for (const [pattern, make] of patterns) {
      const match = pattern.exec(rest);
      if (!match?.[0]) continue;
      const token = make(match, offset + at);
      if (token) tokens.push(token);
      taken = match[0].length;
      break;
    }
    if (!taken) {
      const char = rest[0] ?? "";
      throw new TemplateError("parse", `unexpected ${JSON.stringify(char)} in command`);
    }
    at += taken;
  }
  return tokens;
}

function split(fields: string): string[] {
  return fields.split(".").filter(Boolean);
}

function unquote(written: string): string {
  try {
    return JSON.parse(written) as string;
  } catch {
    return written.slice(1, -1).replace(/\\(.)/g, "$1");
  }
}
