import { createRequire } from "node:module";

/** Finds an error message in what somebody pasted; capitals do not matter. */
export interface Pattern {
  test(text: string): boolean;
}

/** The longest pattern of a pack, in characters, and the largest program that it may become. */
const most = { characters: 300, program: 250 };

type Re2 = typeof import("re2js");
let loaded: Re2 | undefined;

/** Loaded for packs only: the content that comes along is tested, and the start waits for nothing. */
function re2(): Re2 {
  loaded ??= createRequire(import.meta.url)("re2js") as Re2;
  return loaded;
}

/** A pattern of the content that comes along, whose time on hostile texts is tested. Throws SyntaxError. */
export function ownPattern(source: string): Pattern {
  return new RegExp(source, "i");
}

/** A pattern of a pack, which takes time in proportion to the text whatever it is. Throws what {@link patternFault} puts into words. */
export function packPattern(source: string): Pattern {
  const { RE2JS } = re2();
  const pattern = RE2JS.compile(source, RE2JS.CASE_INSENSITIVE);
  return { test: (text) => pattern.test(text) };
}

/** Where a pattern was found, in characters, and what stood in its groups. */
export interface Place {
  at: number;
  end: number;
  groups: (string | undefined)[];
}

/**
 * The same as {@link packPattern} for patterns that are put together of bounded pieces: looks for the next place from `from` on. The bounds of
 * repetitions are left out, since they cost more than they save here. Throws what keeps the pattern from being read.
 */
export function packSearch(source: string): (text: string, from: number) => Place | undefined {
  const { RE2JS } = re2();
  const unbounded = source.replace(/\{(\d+),\d+\}/g, (_, least: string) => (least === "0" ? "*" : "+"));
  const pattern = RE2JS.compile(unbounded, RE2JS.CASE_INSENSITIVE);
  return (text, from) => {
    const matcher = pattern.matcher(text);
    if (!matcher.find(from)) return undefined;
    const groups = Array.from({ length: matcher.groupCount() }, (_, index) => matcher.group(index + 1) ?? undefined);
    return { at: matcher.start(), end: matcher.end(), groups };
  };
}

/** Why a pattern of a pack is refused; undefined when it is not. */
export function patternFault(source: string): string | undefined {
  if (source.length > most.characters)
    return `a pattern has at most ${most.characters} characters, this one has ${source.length}`;
  try {
    const { RE2JS } = re2();
    if (RE2JS.compile(source, RE2JS.CASE_INSENSITIVE).programSize() <= most.program) return undefined;
    return "the pattern repeats too much: take + or * instead of large numbers";
  } catch {
    return "a pattern has no look-ahead, look-behind or back-reference here: it has to run in a time that its text decides";
  }
}
