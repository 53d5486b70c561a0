import type { Sliced } from "../core/slices.ts";
import { listFiles, type Reading, readText } from "./content-files.ts";
import type { Problem } from "./problem.ts";

/** One more way in which learners say something; never shown, only searched. */
export interface Wording {
  text: string;
  file: string;
  line: number;
}

/** Reads `wording/<id>.txt` of all directories: one phrasing a line, by the id of the concept or redirect it speaks of. */
export function readWording(reading: Reading): Map<string, Wording[]> {
  const found = new Map<string, Wording[]>();
  for (const dir of reading.dirs) {
    for (const one of listFiles(reading, dir, "wording", ".txt")) {
      const lines = readText(reading, one)?.split("\n") ?? [];
      const wording = lines.flatMap((line, index) =>
        line.trim() ? [{ text: line.trim(), file: one.file, line: index + 1 }] : [],
      );
      found.set(one.id, [...(found.get(one.id) ?? []), ...wording]);
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
