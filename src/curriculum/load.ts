import { atOnce, type Sliced } from "../core/slices.ts";
import { openReading, type Reading } from "./content-files.ts";
import type { ErrorEntry } from "./errors/error-entry.ts";
import { readErrors } from "./errors/read-errors.ts";
import { keptAnswers, keptErrors } from "./kept-content.ts";
import { lintSliced } from "./lint.ts";
import { type Prepared, preparedFrom } from "./prepared.ts";
import { CurriculumError } from "./problem.ts";
import { readAnswers } from "./read-answers.ts";
import { type Kind, listContent, readKindSliced } from "./read-content.ts";
import { readWording, type Wording } from "./read-wording.ts";
import type { Answer, Chapter, Concept, Experiment, Lab, Misconception, Question, Redirect } from "./schema.ts";

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
  /** The chapters that lead through everything; `order` says where each stands. */
  readonly path: ReadonlyMap<string, Chapter>;
  /** Reviewed answers to specific questions, by id. */
  readonly answers: ReadonlyMap<string, Answer>;
  /** Error texts and what to do about them, by id. */
  readonly errors: ReadonlyMap<string, ErrorEntry>;
  /** Reads what questions are answered with, in slices; left out where everything is there. */
  readAhead?(): Sliced<void>;
  /** What is kept between starts; only of Bakehouse's own content as it stands in its files. */
  readonly prepared?: Prepared;
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
  const prepared = preparedFrom(dirs[0] ?? ".");
  const kind = <K extends Kind>(name: K) =>
    later(dirs, (reading) => readKindSliced(reading, name, listContent(reading, name).values()));
  const concepts = kind("concepts").now();
  const misconceptions = kind("misconceptions");
  const redirects = kind("redirects");
  const questions = kind("questions");
  const experiments = kind("experiments");
  const labs = kind("labs");
  const path = kind("path");
  const wording = later(dirs, function* (reading) {
    yield;
    return textsOf(readWording(reading));
  });
  const answers = later(dirs, function* (reading) {
    return keptAnswers(prepared) ?? byId(yield* readAnswers(reading));
  });
  const errors = later(dirs, function* (reading) {
    return keptErrors(prepared) ?? byId(yield* readErrors(reading));
  });
  return {
    prepared,
    concepts,
    get misconceptions() {
      return misconceptions.now();
    },
    get redirects() {
      return redirects.now();
    },
    get wording() {
      return wording.now();
    },
    get questions() {
      return questions.now();
    },
    get experiments() {
      return experiments.now();
    },
    get labs() {
      return labs.now();
    },
    get path() {
      return path.now();
    },
    get answers() {
      return answers.now();
    },
    get errors() {
      return errors.now();
    },
    *readAhead() {
      for (const part of [redirects, answers, errors]) yield* part.ahead();
    },
  };
}

/** Reads and checks everything, in slices. Throws a CurriculumError that lists every problem. */
export function* loadWhole(dirs: readonly string[]): Sliced<Curriculum> {
  const { items, wording, answers, errors, problems } = yield* lintSliced(dirs);
  if (problems.length) throw new CurriculumError(problems);
  return { ...items, wording: textsOf(wording), answers: byId(answers), errors: byId(errors) };
}

function byId<T extends { id: string; file: string }>(placed: readonly T[]): Map<string, Omit<T, "file">> {
  return new Map(placed.map(({ file: _, ...item }) => [item.id, item]));
}

function textsOf(wording: ReadonlyMap<string, readonly Wording[]>): Map<string, string[]> {
  return new Map([...wording].map(([id, lines]) => [id, lines.map(({ text }) => text)]));
}

/** Something that is read when it is first asked for, or before that in slices. Both throw a CurriculumError when anything is reported. */
interface Later<T> {
  now(): T;
  ahead(): Sliced<void>;
}

function later<T>(dirs: readonly string[], read: (reading: Reading) => Sliced<T>): Later<T> {
  let found: T | undefined;
  function* reading(): Sliced<T> {
    if (found) return found;
    const opened = openReading(dirs);
    const next = yield* read(opened);
    if (opened.problems.length) throw new CurriculumError(opened.problems);
    // Somebody may have asked in the meantime.
    found ??= next;
    return found;
  }
  return {
    now: () => found ?? atOnce(reading()),
    *ahead() {
      yield* reading();
    },
  };
}
