/** One small change to a file, of the kind that a test should notice. */
export interface Mutant {
  /** Counted from 1. */
  line: number;
  before: string;
  after: string;
  /** The whole file with the change. */
  source: string;
}

/** What is changed into what: limits by one, comparisons, conditions, numbers, and whole guards. */
const changes: readonly (readonly [RegExp, (found: string) => string])[] = [
  [/ <= /g, () => " < "],
  [/ >= /g, () => " > "],
  [/ < (?=[\w(])/g, () => " <= "],
  [/ > (?=[\w(])/g, () => " >= "],
  [/ === /g, () => " !== "],
  [/ !== /g, () => " === "],
  [/ && /g, () => " || "],
  [/ \|\| /g, () => " && "],
  [/ \?\? /g, () => " && "],
  [/ \+ 1\b/g, () => " - 1"],
  [/\bMath\.min\b/g, () => "Math.max"],
  [/\bMath\.max\b/g, () => "Math.min"],
  [/(?<=[ ([]|: |, )\d[\d_]*(?=[,;)\]} ])/g, (found) => String(Number(found.replaceAll("_", "")) + 1)],
  [/\bif \((?!false)/g, () => "if (false && "],
  [/\breturn true\b/g, () => "return false"],
  [/\breturn false\b/g, () => "return true"],
];

/** Lines that say nothing a program does. */
const quiet = /^\s*(?:\/\/|\/?\*|import |export type |export interface |type |interface )/;

/** Every change of a source, in the order of its lines. What stands in strings and comments is left alone. */
export function mutantsOf(source: string): Mutant[] {
  const found: Mutant[] = [];
  let at = 0;
  source.split("\n").forEach((text, index) => {
    if (!quiet.test(text)) {
      const masked = mask(text);
      for (const [pattern, change] of changes) {
        for (const hit of masked.matchAll(pattern)) {
          const after = text.slice(0, hit.index) + change(hit[0]) + text.slice(hit.index + hit[0].length);
          const whole = source.slice(0, at) + after + source.slice(at + text.length);
          found.push({ line: index + 1, before: text.trim(), after: after.trim(), source: whole });
        }
      }
    }
    at += text.length + 1;
  });
  return found;
}

/** The line with strings, patterns and comments blanked out, as long as before. */
function mask(text: string): string {
  return text.replace(/"(?:[^"\\]|\\.)*"|`(?:[^`\\]|\\.)*`|(?<=[(=,:] ?)\/(?:[^/\\]|\\.)+\/\w*|\/\/.*$/g, (part) =>
    "_".repeat(part.length),
  );
}
