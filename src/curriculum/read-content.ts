import type { Sliced } from "../core/slices.ts";
import { type ContentFile, listFiles, type Reading, readText } from "./content-files.ts";
import { parseConcept } from "./parse-concept.ts";
import { parseExperiment } from "./parse-experiment.ts";
import { parseLab } from "./parse-lab.ts";
import { parseChapter, parseMisconception, parseRedirect } from "./parse-note.ts";
import { parseQuestion } from "./parse-question.ts";
import type { Report } from "./problem.ts";
import { idPattern } from "./schema.ts";

const parsers = {
  concepts: parseConcept,
  misconceptions: parseMisconception,
  redirects: parseRedirect,
  questions: parseQuestion,
  experiments: parseExperiment,
  labs: parseLab,
  path: parseChapter,
};

/** The folders of a content directory. */
export type Kind = keyof typeof parsers;
/** What a file of a kind becomes. */
export type Item<K extends Kind> = NonNullable<ReturnType<(typeof parsers)[K]>>;

/** Lists the files of a kind by id; a later directory's file takes the place of an earlier one of the same name. */
export function listContent(reading: Reading, kind: Kind): Map<string, ContentFile> {
  const found = new Map<string, ContentFile>();
  for (const dir of reading.dirs) for (const one of listFiles(reading, dir, kind, ".md")) found.set(one.id, one);
  return found;
}

/** Reads and checks files of a kind, each on its own, in slices of a file each. What is wrong is added to the problems, and that file is left out. */
export function* readKindSliced<K extends Kind>(
  reading: Reading,
  kind: K,
  files: Iterable<ContentFile>,
): Sliced<Map<string, Item<K>>> {
  const parse = parsers[kind] as (id: string, text: string, report: Report) => Item<K> | undefined;
  const items = new Map<string, Item<K>>();
  for (const one of files) {
    yield;
    const { id, file } = one;
    const report: Report = (line, message) => reading.problems.push({ file, line, message });
    if (!idPattern.test(id)) report(1, "a file's name is lower-case words joined by hyphens, like image-layers.md");
    const text = readText(reading, one);
    const item = text === undefined ? undefined : parse(id, text, report);
    if (item) items.set(id, one.pack ? { ...item, pack: true } : item);
  }
  return items;
}
