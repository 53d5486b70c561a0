import { existsSync, readdirSync, readFileSync } from "node:fs";
import { basename, join } from "node:path";
import type { Sliced } from "../core/slices.ts";
import type { Problem } from "./problem.ts";

/** One more way in which learners say something; never shown, only searched. */
export interface Wording {
  text: string;
  file: string;
  line: number;
}

/** Reads `wording/<id>.txt` of all directories: one phrasing a line, by the id of the concept or redirect it speaks of. */
export function readWording(dirs: readonly string[]): Map<string, Wording[]> {
  const found = new Map<string, Wording[]>();
  for (const dir of dirs) {
    const folder = join(dir, "wording");
    if (!existsSync(folder)) continue;
    for (const name of readdirSync(folder).sort()) {
      if (!name.endsWith(".txt") || name.startsWith(".")) continue;
      const id = name.slice(0, -4);
      const file = `${basename(dir)}/wording/${name}`;
      const lines = readFileSync(join(folder, name), "utf8").split("\n");
      const wording = lines.flatMap((line, index) =>
        line.trim() ? [{ text: line.trim(), file, line: index + 1 }] : [],
      );
      found.set(id, [...(found.get(id) ?? []), ...wording]);
    }
  }
  return found;
}

/** Wording must speak of something that exists, and a line must not stand twice. */
export function* lintWording(
  wording: ReadonlyMap<string, readonly Wording[]>,
  exists: (id: string) => boolean,
  problems: Problem[],
): Sliced<void> {
  const seen = new Map<string, Wording>();
  for (const [id, lines] of wording) {
    yield;
    const [first] = lines;
    if (first && !exists(id))
      problems.push({ file: first.file, line: 1, message: `there is no concept and no redirect called ${id}` });
    for (const line of lines) {
      const key = line.text
        .toLowerCase()
        .replace(/[^\p{L}\p{N}]+/gu, " ")
        .trim();
      const other = seen.get(key);
      if (key && other) {
        problems.push({
          file: line.file,
          line: line.line,
          message: `this wording already stands in ${other.file}:${other.line}`,
        });
      } else seen.set(key, line);
      if (line.text.length > 600)
        problems.push({ file: line.file, line: line.line, message: "a wording has at most 600 characters" });
    }
  }
}
