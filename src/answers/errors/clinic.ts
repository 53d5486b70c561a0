import type { ErrorEntry, ErrorRank } from "../../curriculum/errors/error-entry.ts";
import { findPattern, type PatternHit } from "../../curriculum/errors/error-pattern.ts";
import type { ErrorValues } from "../../curriculum/errors/error-values.ts";
import { fillBlock, fillProse } from "../../curriculum/errors/fill-error.ts";
import { plainError } from "../../curriculum/errors/plain-error.ts";
import type { Part } from "../../curriculum/markdown.ts";
import { cutPaste } from "./cut-paste.ts";
import { decisiveLine } from "./decisive-line.ts";
import { readTyped } from "./typed-command.ts";

/** What an error text turned out to be, told in the learner's own values. */
export interface Diagnosis {
  id: string;
  title: string;
  concept: string;
  /** How exact it is: the cause, a message around the cause, or only the part that failed. */
  rank: ErrorRank;
  values: ErrorValues;
  /** Cause, check and fix, filled in. */
  parts: Part[];
  sources: readonly string[];
  /** The command whose output decides what it is. */
  asksFor?: string;
  /** The experiment that makes this error happen. */
  experiment?: string;
}

/** Recognises pasted error texts. */
export interface Clinic {
  /**
   * What an error text means; undefined when there is none in `text`, however long that is. `known`: what was named earlier. Takes time
   * in proportion to at most 4,000 characters. Never throws.
   */
  diagnose(text: string, known?: ErrorValues): Diagnosis | undefined;
}

interface Found extends PatternHit {
  entry: ErrorEntry;
  literal: number;
}

/** What a rank counts for, in characters of a pattern. */
const worth: Record<ErrorRank, number> = { cause: 2000, wrapper: 1000, part: 0 };
/** How much more the last error of a paste says than the first, in characters of a pattern. */
const lateness = 8;
/** What one error tells of may fill in for another of the same paste. */
const shared = ["container", "image", "volume", "network", "service", "port", "inside"] as const;

/** A clinic that knows these errors. */
export function createClinic(entries: Iterable<ErrorEntry>): Clinic {
  const patterns = [...entries].flatMap((entry) => entry.patterns.map((pattern) => ({ entry, pattern })));
  return {
    diagnose(text, known = {}) {
      const paste = cutPaste(text);
      const plain = plainError(paste);
      const lower = plain.toLowerCase();
      const found: Found[] = [];
      for (const { entry, pattern } of patterns) {
        const hit = findPattern(pattern, plain, lower);
        if (hit) found.push({ ...hit, entry, literal: pattern.literal });
      }
      const score = ({ entry, literal, at }: Found) => worth[entry.rank] + literal + (lateness * at) / plain.length;
      found.sort((a, b) => score(b) - score(a));
      const [best] = found;
      return best && tellError(best.entry, gather(found, paste, known));
    },
  };
}

/** What the best hit tells, then what was typed, then the other hits, then what was named before. */
function gather(found: readonly Found[], paste: string, known: ErrorValues): ErrorValues {
  const [best, ...others] = found;
  const own = found.filter(({ entry }) => entry === best?.entry);
  const values: ErrorValues = Object.assign({}, ...own.map(({ values }) => values).reverse());
  const typed = readTyped(paste);
  // A name is what the learner can type; an id is what the engine says.
  if (typed.container && /^[0-9a-f]{12,64}$/.test(values.container ?? "")) values.container = typed.container;
  const rest: ErrorValues = {};
  for (const { values: more } of others) for (const name of shared) if (more[name]) rest[name] ??= more[name];
  const line = decisiveLine(paste);
  return tidy({ ...known, ...rest, ...typed, ...(line !== undefined && { line }), ...values });
}

function tidy(values: ErrorValues): ErrorValues {
  return Object.fromEntries(
    Object.entries(values).map(([name, value]) => {
      const bare = name === "line" ? value : value.replace(/[.,:;]+$/, "");
      const unslashed = name === "container" ? bare.replace(/^\//, "") : bare;
      return [name, /^[0-9a-f]{64}$/.test(unslashed) ? unslashed.slice(0, 12) : unslashed];
    }),
  );
}

/** An error's entry told in these values; with its defaults for those that are missing. */
export function tellError(
  { id, title, concept, rank, parts, sources, asks, experiment }: ErrorEntry,
  values: ErrorValues,
): Diagnosis {
  return {
    ...{ id, title, concept, rank, values, sources },
    parts: parts.map((part) => ({
      ...part,
      text: part.fence === null ? fillProse(part.text, values) : fillBlock(part.text, values),
    })),
    ...(asks !== undefined && { asksFor: fillBlock(asks, values) }),
    ...(experiment !== undefined && { experiment }),
  };
}
