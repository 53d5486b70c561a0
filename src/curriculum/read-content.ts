import { existsSync, readdirSync, readFileSync } from "node:fs";
import { basename, join } from "node:path";
import { atOnce, type Sliced } from "../core/slices.ts";
import { parseConcept } from "./parse-concept.ts";
import { parseExperiment } from "./parse-experiment.ts";
import { parseLab } from "./parse-lab.ts";
import { parseMisconception, parseRedirect } from "./parse-note.ts";
import { parseQuestion } from "./parse-question.ts";
import type { Problem, Report } from "./problem.ts";
import { idPattern } from "./schema.ts";

const parsers = {
  concepts: parseConcept,
  misconceptions: parseMisconception,
  redirects: parseRedirect,
  questions: parseQuestion,
  experiments: parseExperiment,
  labs: parseLab,
};

/** The folders of a content directory. */
export type Kind = keyof typeof parsers;
/** What a file of a kind becomes. */
export type Item<K extends Kind> = NonNullable<ReturnType<(typeof parsers)[K]>>;

/** One content file that was found, not yet read. */
export interface ContentFile {
  id: string;
  path: string;
  /** As it is named in messages, for example `content/labs/first.md`. */
  file: string;
}

/** Lists the files of a kind by id; a later directory's file takes the place of an earlier one of the same name. */
export function listContent(dirs: readonly string[], kind: Kind): Map<string, ContentFile> {
  const found = new Map<string, ContentFile>();
  for (const dir of dirs) {
    const folder = join(dir, kind);
    if (!existsSync(folder)) continue;
    for (const name of readdirSync(folder).sort()) {
      const id = name.slice(0, -3);
      if (name.endsWith(".md") && !name.startsWith("."))
        found.set(id, { id, path: join(folder, name), file: `${basename(dir)}/${kind}/${name}` });
    }
  }
  return found;
}

/** Reads and checks the given files, each on its own. What is wrong is added to `problems`, and that file is left out. */
export function readKind<K extends Kind>(
  kind: K,
  files: Iterable<ContentFile>,
  problems: Problem[],
): Map<string, Item<K>> {
  return atOnce(readKindSliced(kind, files, problems));
}

/** The same in slices of a file each. */
export function* readKindSliced<K extends Kind>(
  kind: K,
  files: Iterable<ContentFile>,
  problems: Problem[],
): Sliced<Map<string, Item<K>>> {
  const parse = parsers[kind] as (id: string, text: string, report: Report) => Item<K> | undefined;
  const items = new Map<string, Item<K>>();
  for (const { id, path, file } of files) {
    yield;
    const report: Report = (line, message) => problems.push({ file, line, message });
    if (!idPattern.test(id)) report(1, "a file's name is lower-case words joined by hyphens, like image-layers.md");
    const item = parse(id, readFileSync(path, "utf8"), report);
    if (item) items.set(id, item);
  }
  return items;
}
