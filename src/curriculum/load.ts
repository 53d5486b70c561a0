import { atOnce, type Sliced } from "../core/slices.ts";
import { openReading, type Reading } from "./content-files.ts";
import type { ErrorEntry } from "./errors/error-entry.ts";
import { readErrors } from "./errors/read-errors.ts";
import { lintSliced } from "./lint.ts";
import { CurriculumError } from "./problem.ts";
import { readAnswers } from "./read-answers.ts";
import { type Item, type Kind, readKind } from "./read-content.ts";
import { readWording, type Wording } from "./read-wording.ts";
import type { Answer, Concept, Experiment, Lab, Misconception, Question, Redirect } from "./schema.ts";

/** Everything that is taught, by id. */
export interface Curriculum {
  readonly concepts: ReadonlyMap<string, Concept>;
  readonly misconceptions: ReadonlyMap<string, Misconception>;
  readonly redirects: ReadonlyMap<string, Redirect>;
  /** More ways in which learners say it, by the id of the concept or redirect; for search only. */
  readonly wording: ReadonlyMap<string, readonly string[]>;
  readonly questions: ReadonlyMap<string, Question>;
  readonly experiments: ReadonlyMap<string, Experiment>;
  readonly labs: ReadonlyMap<string, Lab>;
  /** Reviewed answers to specific questions, by id. */
  readonly answers: ReadonlyMap<string, Answer>;
  /** Error texts and what to do about them, by id. */
  readonly errors: ReadonlyMap<string, ErrorEntry>;
}

/**
 * Loads Bakehouse's own content (the first directory) and own packs (the others; a file of the same name replaces the first one's).
 * All but the concepts is read when first asked for, because the start waits for this; with own packs, which no test
 * has seen, or where `whole` is set, everything is read and linted at once. Throws a CurriculumError that lists every problem.
 */
export function loadCurriculum({
  dirs,
  whole = dirs.length > 1,
}: {
  dirs: readonly string[];
  whole?: boolean;
}): Curriculum {
  if (whole) return atOnce(loadWhole(dirs));
  const concepts = later(dirs, "concepts")();
  const misconceptions = later(dirs, "misconceptions");
  const redirects = later(dirs, "redirects");
  const questions = later(dirs, "questions");
  const experiments = later(dirs, "experiments");
  const labs = later(dirs, "labs");
  let wording: Curriculum["wording"] | undefined;
  let answers: Curriculum["answers"] | undefined;
  let errors: Curriculum["errors"] | undefined;
  return {
    concepts,
    get misconceptions() {
      return misconceptions();
    },
    get redirects() {
      return redirects();
    },
    get wording() {
      wording ??= readAll(dirs, (reading) => textsOf(readWording(reading)));
      return wording;
    },
    get questions() {
      return questions();
    },
    get experiments() {
      return experiments();
    },
    get labs() {
      return labs();
    },
    get answers() {
      answers ??= readAll(dirs, (reading) => byId(atOnce(readAnswers(reading))));
      return answers;
    },
    get errors() {
      errors ??= readAll(dirs, (reading) => byId(atOnce(readErrors(reading))));
      return errors;
    },
  };
}

/** Reads and checks everything, in slices. Throws a CurriculumError that lists every problem. */
export function* loadWhole(dirs: readonly string[]): Sliced<Curriculum> {
  const { items, wording, answers, errors, problems } = yield* lintSliced(dirs);
  if (problems.length) throw new CurriculumError(problems);
  return { ...items, wording: textsOf(wording), answers: byId(answers), errors: byId(errors) };
}

/** Throws a CurriculumError when `read` reports anything. */
function readAll<T>(dirs: readonly string[], read: (reading: Reading) => T): T {
  const reading = openReading(dirs);
  const found = read(reading);
  if (reading.problems.length) throw new CurriculumError(reading.problems);
  return found;
}

function byId<T extends { id: string; file: string }>(placed: readonly T[]): Map<string, Omit<T, "file">> {
  return new Map(placed.map(({ file: _, ...item }) => [item.id, item]));
}

function textsOf(wording: ReadonlyMap<string, readonly Wording[]>): Map<string, string[]> {
  return new Map([...wording].map(([id, lines]) => [id, lines.map(({ text }) => text)]));
}

function later<K extends Kind>(dirs: readonly string[], kind: K): () => ReadonlyMap<string, Item<K>> {
  let items: ReadonlyMap<string, Item<K>> | undefined;
  return () => {
    items ??= readAll(dirs, (reading) => readKind(reading, kind));
    return items;
  };
}
