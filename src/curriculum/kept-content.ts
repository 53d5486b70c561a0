import type { ErrorEntry } from "./errors/error-entry.ts";
import { readErrorPattern } from "./errors/error-pattern.ts";
import type { Prepared } from "./prepared.ts";
import type { Answer } from "./schema.ts";

/** An entry whose patterns are written out: what finds them cannot be kept. */
type KeptError = Omit<ErrorEntry, "patterns"> & { patterns: readonly string[] };

/** The answers as an earlier start or the installation read them; undefined when their files must be read. */
export function keptAnswers(prepared: Prepared): ReadonlyMap<string, Answer> | undefined {
  return prepared.read("answers") as ReadonlyMap<string, Answer> | undefined;
}

/** The error texts, likewise. */
export function keptErrors(prepared: Prepared): ReadonlyMap<string, ErrorEntry> | undefined {
  const kept = prepared.read("errors") as readonly KeptError[] | undefined;
  return (
    kept &&
    new Map(
      kept.map((entry) => [entry.id, { ...entry, patterns: entry.patterns.map((line) => readErrorPattern(line)) }]),
    )
  );
}

/** Keeps what takes long to read for the next starts. Throws where nothing can be written. */
export function keepContent(
  prepared: Prepared,
  answers: ReadonlyMap<string, Answer>,
  errors: ReadonlyMap<string, ErrorEntry>,
): void {
  prepared.write("answers", answers);
  const kept: KeptError[] = [...errors.values()].map((entry) => ({
    ...entry,
    patterns: entry.patterns.map(({ source }) => source),
  }));
  prepared.write("errors", kept);
}
