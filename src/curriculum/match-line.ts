/** Named placeholders seen so far, for example `{ada-id}` → `3f2c…`. */
export type Bindings = Map<string, string>;

/** A part of an expected line: plain text, one or more blanks, anything (`…`), or a word that gets a name. */
type Token = { kind: "text"; text: string } | { kind: "blanks" } | { kind: "any" } | { kind: "name"; name: string };

/** An expected line, ready to be compared many times. */
export interface LinePattern {
  tokens: readonly Token[];
  /** The names in it. */
  names: readonly string[];
  /** What failed at a place fails there again; not so where a name stands twice, whose second place depends on the first. */
  remembers: boolean;
}

/** Counts steps of comparing; throws when there were too many. */
export type Spend = (steps: number) => void;

/** So many characters are looked through in about the time of one step. */
const charactersAStep = 16;

const word = /\S+/y;

/** Reads an expected line. */
export function readPattern(want: string): LinePattern {
  const tokens: Token[] = [];
  for (const part of want.split(/(…+|(?<!\{)\{[a-z][a-z0-9-]*\}(?!\}))/)) {
    const name = /^\{([a-z][a-z0-9-]*)\}$/.exec(part)?.[1];
    if (part.startsWith("…")) tokens.push({ kind: "any" });
    else if (name !== undefined) tokens.push({ kind: "name", name });
    else
      for (const text of part.split(/( +)/))
        if (text) tokens.push(text.startsWith(" ") ? { kind: "blanks" } : { kind: "text", text });
  }
  const named = tokens.flatMap((token) => (token.kind === "name" ? [token.name] : []));
  const names = [...new Set(named)];
  return { tokens, names, remembers: names.length === named.length };
}

/**
 * Compares one line and binds its new names; names that are bound already have to come again. Takes time in proportion to the line,
 * times the parts of the pattern.
 */
export function matchLine(pattern: LinePattern, got: string, bindings: Bindings, spend: Spend): boolean {
  const { tokens, remembers } = pattern;
  const fresh: Bindings = new Map();
  /** For each `…` the first place where it failed: what failed there fails further on. */
  const failedFrom = new Map<number, number>();
  /** The same for names, each for the word's end. */
  const failedWords = new Map<string, number>();

  function from(index: number, at: number): boolean {
    spend(1);
    const token = tokens[index];
    if (!token) return at === got.length;
    switch (token.kind) {
      case "text":
        return got.startsWith(token.text, at) && from(index + 1, at + token.text.length);
      case "blanks": {
        let end = at;
        // Before a `…` one blank is enough: the rest of them is anything.
        if (tokens[index + 1]?.kind === "any") end += Number(got[at] === " ");
        else while (got[end] === " ") end++;
        spend((end - at) / charactersAStep);
        return end > at && from(index + 1, end);
      }
      case "any":
        return anyFrom(index, at);
      case "name":
        return nameFrom(index, token.name, at);
    }
  }

  /** The shortest text that lets the rest fit. */
  function anyFrom(index: number, at: number): boolean {
    const limit = (remembers ? failedFrom.get(index) : undefined) ?? got.length + 1;
    const next = tokens[index + 1];
    for (let end = at; end < limit; end++) {
      if (!next) return true;
      if (next.kind === "text") {
        const found = got.indexOf(next.text, end);
        spend(((found < 0 ? got.length : found) - end) / charactersAStep);
        if (found < 0 || found >= limit) break;
        end = found;
      }
      if (from(index + 1, end)) return true;
    }
    failedFrom.set(index, Math.min(at, limit));
    return false;
  }

  /** The longest word that lets the rest fit. */
  function nameFrom(index: number, name: string, at: number): boolean {
    const bound = bindings.get(name) ?? fresh.get(name);
    if (bound !== undefined) return got.startsWith(bound, at) && from(index + 1, at + bound.length);
    word.lastIndex = at;
    const end = at + (word.exec(got)?.[0].length ?? 0);
    spend((end - at) / charactersAStep);
    const key = `${index} ${end}`;
    const longest = Math.min(end, (remembers ? failedWords.get(key) : undefined) ?? end);
    for (let to = longest; to > at; to--) {
      fresh.set(name, got.slice(at, to));
      if (from(index + 1, to)) return true;
    }
    fresh.delete(name);
    failedWords.set(key, Math.min(at, longest));
    return false;
  }

  if (!from(0, 0)) return false;
  for (const [name, value] of fresh) bindings.set(name, value);
  return true;
}
