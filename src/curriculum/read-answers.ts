import type { Sliced } from "../core/slices.ts";
import { listFiles, type Reading, readText } from "./content-files.ts";
import { parseAnswers } from "./parse-answers.ts";
import type { Problem, Report } from "./problem.ts";
import type { Answer } from "./schema.ts";

/** An answer with the place where it is written. */
export interface PlacedAnswer extends Answer {
  file: string;
}

/** Reads `answers/<concept>.md` of all directories; a pack's file adds to the answers that are there. In slices of a file each. */
export function* readAnswers(reading: Reading): Sliced<PlacedAnswer[]> {
  const found: PlacedAnswer[] = [];
  for (const dir of reading.dirs) {
    for (const one of listFiles(reading, dir, "answers", ".md")) {
      yield;
      const { file } = one;
      const report: Report = (line, message) => reading.problems.push({ file, line, message });
      const text = readText(reading, one);
      if (text !== undefined) for (const answer of parseAnswers(one.id, text, report)) found.push({ ...answer, file });
    }
  }
  return found;
}

/** An answer belongs to a concept, and neither its question nor one of its wordings may stand twice. */
export function* lintAnswers(
  answers: readonly PlacedAnswer[],
  exists: (concept: string) => boolean,
  problems: Problem[],
): Sliced<void> {
  const seen = new Map<string, PlacedAnswer>();
  for (const answer of answers) {
    yield;
    const { concept, file, question, wordings } = answer;
    const report = (message: string) => problems.push({ file, line: 1, message });
    if (!exists(concept)) report(`there is no concept called ${concept}`);
    for (const wording of new Set([question, ...wordings].map(plain))) {
      const other = seen.get(wording);
      if (other)
        report(`"${question}": the wording "${wording}" already stands in ${other.file} under "${other.question}"`);
      else seen.set(wording, answer);
    }
  }
}

function plain(text: string): string {
  return text
    .toLowerCase()
    .replace(/[^\p{L}\p{N}./:-]+/gu, " ")
    .trim();
}
