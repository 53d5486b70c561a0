import type { Sliced } from "../../core/slices.ts";
import { listFiles, type Reading, readText } from "../content-files.ts";
import type { Problem, Report } from "../problem.ts";
import type { ErrorEntry } from "./error-entry.ts";
import { parseErrors } from "./parse-errors.ts";

/** An entry with the place where it is written. */
export interface PlacedError extends ErrorEntry {
  file: string;
}

/** Reads `errors/<area>.md` of all directories; a pack's entry of the same heading in the same file takes the earlier one's place. */
export function* readErrors(reading: Reading): Sliced<PlacedError[]> {
  const found = new Map<string, PlacedError>();
  for (const dir of reading.dirs) {
    for (const one of listFiles(reading, dir, "errors", ".md")) {
      yield;
      const { file } = one;
      const report: Report = (line, message) => reading.problems.push({ file, line, message });
      const text = readText(reading, one);
      for (const entry of text === undefined ? [] : parseErrors(one.id, text, report, one.pack)) {
        if (found.get(entry.id)?.file === file) report(1, `two headings are told apart too late: ${entry.title}`);
        found.set(entry.id, { ...entry, file });
      }
    }
  }
  return [...found.values()];
}

/** What an entry names must exist, and no pattern may stand in two entries. */
export function* lintErrors(
  entries: readonly PlacedError[],
  exists: (kind: "concepts" | "experiments", id: string) => boolean,
  problems: Problem[],
): Sliced<void> {
  const seen = new Map<string, PlacedError>();
  for (const entry of entries) {
    yield;
    const { file, title, concept, experiment, patterns } = entry;
    const report = (message: string) => problems.push({ file, line: 1, message: `"${title}": ${message}` });
    if (!exists("concepts", concept)) report(`there is no concept called ${concept}`);
    if (experiment !== undefined && !exists("experiments", experiment))
      report(`there is no experiment called ${experiment}`);
    for (const { source } of patterns) {
      const other = seen.get(source.toLowerCase());
      if (other) report(`the pattern "${source}" already stands in ${other.file} under "${other.title}"`);
      else seen.set(source.toLowerCase(), entry);
    }
  }
}
