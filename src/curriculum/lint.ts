import { readFileSync } from "node:fs";
import { lintBank } from "./lint-bank.ts";
import { lintConsoles } from "./lint-consoles.ts";
import { lintLinks } from "./lint-links.ts";
import { lintPhrasings } from "./lint-phrasings.ts";
import type { Problem } from "./problem.ts";
import { type ContentFile, type Item, type Kind, listContent, readKind } from "./read-content.ts";
import { lintWording, readWording } from "./read-wording.ts";

/** Content read for linting: the files of every kind, and those of them that could be read. */
export interface Linted {
  files: { [K in Kind]: Map<string, ContentFile> };
  items: { [K in Kind]: Map<string, Item<K>> };
  /** Notes a problem at the first line of an item's file that holds `needle`, or at the top. */
  report(kind: Kind, id: string, needle: string, message: string): void;
}

/** Checks every rule of docs/content.md over all directories together. Returns all problems; reads files, throws on nothing in them. */
export function lintCurriculum(dirs: readonly string[]): Problem[] {
  const problems: Problem[] = [];
  const files = mapKinds((kind) => listContent(dirs, kind)) as Linted["files"];
  const items = mapKinds((kind) => readKind(kind, files[kind].values(), problems)) as Linted["items"];
  const linted: Linted = {
    files,
    items,
    report(kind, id, needle, message) {
      const found = files[kind].get(id);
      if (!found) return;
      const at = readFileSync(found.path, "utf8")
        .split("\n")
        .findIndex((line) => line.includes(needle));
      problems.push({ file: found.file, line: Math.max(1, at + 1), message });
    },
  };
  lintLinks(linted);
  lintPhrasings(linted);
  lintConsoles(linted);
  lintBank(linted);
  lintWording(readWording(dirs), (id) => files.concepts.has(id) || files.redirects.has(id), problems);
  return problems;
}

function mapKinds<T>(make: (kind: Kind) => T): Record<Kind, T> {
  return {
    concepts: make("concepts"),
    misconceptions: make("misconceptions"),
    redirects: make("redirects"),
    questions: make("questions"),
    experiments: make("experiments"),
    labs: make("labs"),
  };
}
