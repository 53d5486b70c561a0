import { type Bindings, matchLine, readPattern, type Spend } from "./match-line.ts";

/** More than this, in characters, is not compared; a docker line prints no more. */
const longest = 128 * 1024;
/** Steps of comparing; some milliseconds. */
const mostSteps = 60_000;
/** How much of an unexpected line is repeated, in characters. */
const shown = 200;

class TooMuch extends Error {}

/**
 * Compares what was observed with what a step expects and binds new placeholders. Takes time in proportion to both, whatever was
 * printed. Returns null when it matches, else one line that names the first difference.
 */
export function compareOutput(expected: readonly string[], observed: string, bindings: Bindings): string | null {
  if (expected.length === 0) return null;
  if (observed.length > longest) return `more than ${longest / 1024} kB were printed, which is more than is compared`;
  const lines = observed.split("\n").map((line) => line.trimEnd());
  while (lines.at(-1) === "") lines.pop();
  let left = mostSteps;
  const spend: Spend = (steps) => {
    left -= steps;
    if (left < 0) throw new TooMuch();
  };
  const trial: Bindings = new Map(bindings);
  try {
    const failure = compareLines(expected, lines, trial, spend);
    if (failure) return inWords(failure, expected, lines);
  } catch (error) {
    if (error instanceof TooMuch) return "more was printed than is compared";
    throw error;
  }
  for (const [name, value] of trial) bindings.set(name, value);
  return null;
}

/** The first expected line that did not come, and where; `gap` when it might have come anywhere after a line `…`. */
interface Failure {
  index: number;
  at: number;
  gap?: boolean;
}

function compareLines(
  expected: readonly string[],
  lines: readonly string[],
  bindings: Bindings,
  spend: Spend,
): Failure | undefined {
  const patterns = expected.map((want) => (want === "…" ? undefined : readPattern(want)));
  const namesAfter = patterns.map((_, index) => [
    ...new Set(patterns.slice(index + 1).flatMap((pattern) => pattern?.names ?? [])),
  ]);
  /** For each gap, with what the names after it are bound to, the first line where it failed: what failed there fails further on. */
  const failedFrom = new Map<string, number>();

  function compare(first: number, start: number, bound: Bindings): Failure | undefined {
    let at = start;
    for (let index = first; index < patterns.length; index++, at++) {
      const pattern = patterns[index];
      if (!pattern) return afterGap(index, at, bound);
      const got = lines[at];
      if (got === undefined || !matchLine(pattern, got, bound, spend)) return { index, at };
    }
    return at < lines.length ? { index: patterns.length, at } : undefined;
  }

  function afterGap(index: number, at: number, bound: Bindings): Failure | undefined {
    // Nothing but the gap is left: it takes all there is.
    if (index === patterns.length - 1) return undefined;
    const key = JSON.stringify([index, ...(namesAfter[index] ?? []).map((name) => bound.get(name))]);
    const limit = failedFrom.get(key) ?? lines.length + 1;
    let trial: Bindings = new Map(bound);
    for (let skip = at; skip < limit; skip++) {
      spend(1);
      if (trial.size > bound.size) trial = new Map(bound);
      if (compare(index + 1, skip, trial)) continue;
      for (const [name, value] of trial) bound.set(name, value);
      return undefined;
    }
    failedFrom.set(key, Math.min(at, limit));
    return { index: index + 1, at, gap: true };
  }

  return compare(0, 0, bindings);
}

function inWords({ index, at, gap }: Failure, expected: readonly string[], lines: readonly string[]): string {
  if (gap) return `after "…" expected ${quoted(expected[index])}, which did not come`;
  if (index === expected.length) return `unexpected line ${quoted(lines[at])}`;
  if (at >= lines.length) return `expected ${quoted(expected[index])}, but the output ended`;
  return `expected ${quoted(expected[index])}, observed ${quoted(lines[at])}`;
}

function quoted(line: string | undefined = ""): string {
  return JSON.stringify(line.length > shown ? `${line.slice(0, shown).toWellFormed()}…` : line);
}
