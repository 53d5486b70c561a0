import { atOnce, type Sliced } from "../core/slices.ts";
import { type ContentFile, openReading, readText } from "./content-files.ts";
import { lintErrors, type PlacedError, readErrors } from "./errors/read-errors.ts";
import { lintBank } from "./lint-bank.ts";
import { lintConsoles } from "./lint-consoles.ts";
import { lintLinks } from "./lint-links.ts";
import { lintPath } from "./lint-path.ts";
import { lintPatterns } from "./lint-patterns.ts";
import { lintPhrasings } from "./lint-phrasings.ts";
import type { Problem } from "./problem.ts";
import { lintAnswers, type PlacedAnswer, readAnswers } from "./read-answers.ts";
import { type Item, type Kind, listContent, readKindSliced } from "./read-content.ts";
import { lintWording, readWording, type Wording } from "./read-wording.ts";

/** When so many problems were found, rules that look at all files together are not looked at further: mending these mends most. */
const mostProblems = 500;

/** Content read for linting: the files of every kind, and those of them that could be read. */
export interface Linted {
  files: { [K in Kind]: Map<string, ContentFile> };
  items: { [K in Kind]: Map<string, Item<K>> };
  /** Notes a problem at the first line of an item's file that holds `needle`, or at the top. */
  report(kind: Kind, id: string, needle: string, message: string): void;
}

/** Checks every rule of docs/content.md over all directories together. Returns all problems; reads files, throws on nothing in them. */
export function lintCurriculum(dirs: readonly string[]): Problem[] {
  return atOnce(lintSliced(dirs)).problems;
}

/** The same in slices; with it everything that could be read. */
export function* lintSliced(dirs: readonly string[]): Sliced<
  Pick<Linted, "items"> & {
    wording: ReadonlyMap<string, readonly Wording[]>;
    answers: PlacedAnswer[];
    errors: PlacedError[];
    problems: Problem[];
  }
> {
  const reading = openReading(dirs);
  const { problems } = reading;
  const files = {} as Record<Kind, Map<string, ContentFile>>;
  const items = {} as Record<Kind, Map<string, Item<Kind>>>;
  for (const kind of kinds) {
    files[kind] = listContent(reading, kind);
    items[kind] = yield* readKindSliced(reading, kind, files[kind].values());
  }
  const linted: Linted = {
    files,
    items: items as Linted["items"],
    report(kind, id, needle, message) {
      const found = files[kind].get(id);
      // Each one reads its file again to name the line.
      if (!found || problems.length >= mostProblems) return;
      const text = readText({ ...reading, problems: [], left: Number.POSITIVE_INFINITY }, found) ?? "";
      const at = text.split("\n").findIndex((line) => line.includes(needle));
      problems.push({ file: found.file, line: Math.max(1, at + 1), message });
    },
  };
  for (const lint of [lintLinks, lintPath, lintPhrasings, lintConsoles, lintBank, lintPatterns]) {
    yield;
    lint(linted);
  }
  yield;
  const wording = readWording(reading);
  yield;
  yield* lintWording(wording, (id) => files.concepts.has(id) || files.redirects.has(id), problems);
  const answers = yield* readAnswers(reading);
  yield* lintAnswers(answers, (id) => files.concepts.has(id), problems);
  const errors = yield* readErrors(reading);
  yield* lintErrors(errors, (kind, id) => files[kind].has(id), problems);
  return { items: linted.items, wording, answers, errors, problems };
}

const kinds: readonly Kind[] = ["concepts", "misconceptions", "redirects", "questions", "experiments", "labs", "path"];
