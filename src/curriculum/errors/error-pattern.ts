import { type Place, packSearch } from "../pattern.ts";
import { type ErrorValue, type ErrorValues, errorValues, isErrorValue } from "./error-values.ts";
import { plainError } from "./plain-error.ts";

/** An error text with holes, ready to be looked for. */
export interface ErrorPattern {
  source: string;
  /** How many characters of it are literal: the more, the more specific. */
  literal: number;
  /** Lower-case words that must all be there. */
  needles: readonly string[];
  segments: readonly Segment[];
}

interface Segment {
  values: readonly ErrorValue[];
  /** The next place from `from` on. */
  search(text: string, from: number): Place | undefined;
}

/** Where a pattern was found, in characters, and what stood in its holes. */
export interface PatternHit {
  at: number;
  end: number;
  values: ErrorValues;
}

/** How much (in characters) a gap `…` may leap over. */
const gap = 300;
/** How many places are tried as the beginning of a pattern with gaps. */
const mostTries = 20;
const fewestLiteral = 8;
/** The longest pattern, in characters. */
const longest = 300;

const token = /\\(.)|…|\{([a-z]+)\}|<([^<>{}]*\|[^<>{}]*)>/g;

/**
 * Reads one line of a `match` block: the error's own words, `{port}` for a value, `…` for up to 300 characters of anything and
 * `<a|b|>` for one of several. Throws an Error that says what is wrong. Case, quotation marks and line ends make no difference. `pack`: by
 * somebody whose patterns no test has seen, so it is looked for by what takes linear time whatever it is.
 */
export function readErrorPattern(line: string, { pack = false } = {}): ErrorPattern {
  if (line.length > longest)
    throw new Error(`a pattern has at most ${longest} characters, this one has ${line.length}`);
  const segments = [newSegment()];
  const needles: string[] = [];
  let literal = 0;
  const last = () => segments.at(-1) ?? newSegment();
  const addLiteral = (text: string) => {
    const plain = plainPiece(text);
    literal += plain.length;
    last().tokens.push({ source: RegExp.escape(plain), first: plain[0], last: plain.at(-1) });
    if (plain.trim().length > 2) needles.push(plain.trim().toLowerCase());
  };
  let from = 0;
  let held = "";
  const text = line.replace(/ ?… ?/g, "…");
  for (const match of text.matchAll(token)) {
    held += text.slice(from, match.index);
    from = match.index + match[0].length;
    const [whole, escaped, value, options] = match;
    if (escaped !== undefined) {
      held += escaped;
      continue;
    }
    if (held) addLiteral(held);
    held = "";
    if (whole === "…") segments.push(newSegment());
    else if (value !== undefined) {
      if (!isErrorValue(value))
        throw new Error(`{${value}} is no value: use one of ${Object.keys(errorValues).join(", ")}`);
      last().tokens.push({ source: `"?(${errorValues[value]})"?` });
      last().values.push(value);
      literal += 1;
    } else if (options !== undefined) {
      const choices = options.split("|").map(plainPiece);
      literal += Math.min(...choices.map(({ length }) => length));
      last().tokens.push({ source: `(?:${choices.map((choice) => RegExp.escape(choice)).join("|")})` });
    }
  }
  held += text.slice(from);
  if (held) addLiteral(held);
  if (literal < fewestLiteral)
    throw new Error(
      `"${line}" has fewer than ${fewestLiteral} characters of its own, so it would be found in any text`,
    );
  if (segments.some(({ tokens }) => tokens.length === 0)) throw new Error(`"${line}" begins or ends with a gap`);
  return { source: line, literal, needles, segments: segments.map((segment) => closeSegment(segment, pack)) };
}

/** Looks for a pattern in a text made plain; `lower` is the same in lower case. Takes time in proportion to the text. */
export function findPattern(pattern: ErrorPattern, text: string, lower: string): PatternHit | undefined {
  if (pattern.needles.some((needle) => !lower.includes(needle))) return undefined;
  const [first, ...rest] = pattern.segments;
  if (!first) return undefined;
  let from = 0;
  for (let tries = 0; tries < mostTries; tries++) {
    const values: ErrorValues = {};
    const start = findSegment(first, text, from, values);
    if (!start) return undefined;
    let end = start.end;
    const whole = rest.every((segment) => {
      const next = findSegment(segment, text, end, values);
      if (!next || next.at - end > gap) return false;
      end = next.end;
      return true;
    });
    if (whole) return { at: start.at, end, values };
    from = start.at + 1;
  }
  return undefined;
}

function findSegment(segment: Segment, text: string, from: number, values: ErrorValues) {
  const place = segment.search(text, from);
  place?.groups.forEach((value, index) => {
    const name = segment.values[index];
    if (value && name) values[name] ??= value;
  });
  return place;
}

interface Token {
  source: string;
  first?: string | undefined;
  last?: string | undefined;
}

function newSegment(): { tokens: Token[]; values: ErrorValue[] } {
  return { tokens: [], values: [] };
}

/** A word of the pattern is a whole word of the text. */
function closeSegment({ tokens, values }: ReturnType<typeof newSegment>, pack: boolean): Segment {
  const before = isWord(tokens[0]?.first) ? "\\b" : "";
  const after = isWord(tokens.at(-1)?.last) ? "\\b" : "";
  const sources = tokens.map((one) => one.source);
  const search = pack
    ? packSearch(`${before}${sources.join("")}${after}`)
    : ownSearch(sources, { before, after, led: tokens.length > 1 && tokens[0]?.first === undefined });
  return { values, search };
}

/** How far before the words that follow it a value can begin, in characters. */
const reach = 220;

/**
 * Compiled when it is first looked for: most of a text's patterns are passed over by their words. `led`: it begins with a value. Then what
 * follows is looked for, and the value before that: a value could begin at every letter of a text.
 */
function ownSearch(
  [first = "", ...rest]: readonly string[],
  { before, after, led }: { before: string; after: string; led: boolean },
): Segment["search"] {
  let compiled: { main: RegExp; lead: RegExp } | undefined;
  return (text, from) => {
    compiled ??= {
      main: new RegExp(`${before}${led ? "" : first}${rest.join("")}${after}`, "gi"),
      lead: new RegExp(`${first}$`, "i"),
    };
    const { main, lead } = compiled;
    main.lastIndex = from;
    for (let match = main.exec(text); match; match = main.exec(text)) {
      const end = match.index + match[0].length;
      const groups = match.slice(1);
      if (!led) return { at: match.index, end, groups };
      const start = Math.max(from, match.index - reach);
      const head = lead.exec(text.slice(start, match.index));
      if (head) return { at: start + head.index, end, groups: [...head.slice(1), ...groups] };
      main.lastIndex = match.index + 1;
    }
    return undefined;
  };
}

function isWord(character: string | undefined): boolean {
  return character !== undefined && /\w/.test(character);
}

/** A piece of a pattern as it stands in a plain text; blanks at its ends belong to it. */
function plainPiece(text: string): string {
  return plainError(`x${text}x`).slice(1, -1);
}
