import { checkLength } from "./check-length.ts";
import { readFrontMatter } from "./front-matter.ts";
import { type Line, splitFile } from "./markdown.ts";
import type { Report } from "./problem.ts";
import {
  type Chapter,
  chapterHead,
  type Misconception,
  misconceptionHead,
  type Redirect,
  redirectHead,
} from "./schema.ts";

/** Reads `misconceptions/<id>.md`; undefined when anything was reported. */
export function parseMisconception(id: string, text: string, report: Report): Misconception | undefined {
  const { head, body } = splitFile(text);
  const data = readFrontMatter(head, misconceptionHead, report);
  const correction = readBody(body, "the correction", report);
  return data && correction !== undefined ? { id, ...data, correction } : undefined;
}

/** Reads `redirects/<id>.md`; undefined when anything was reported. */
export function parseRedirect(id: string, text: string, report: Report): Redirect | undefined {
  const { head, body } = splitFile(text);
  const data = readFrontMatter(head, redirectHead, report);
  const pointer = readBody(body, "the text", report);
  return data && pointer !== undefined ? { id, ...data, text: pointer } : undefined;
}

/** Reads `path/<id>.md`; undefined when anything was reported. */
export function parseChapter(id: string, text: string, report: Report): Chapter | undefined {
  const { head, body } = splitFile(text);
  const data = readFrontMatter(head, chapterHead, report);
  const aim = readBody(body, "what a learner can do afterwards", report);
  return data && aim !== undefined ? { id, ...data, aim } : undefined;
}

function readBody(body: readonly Line[], what: string, report: Report): string | undefined {
  const text = body
    .map((line) => line.text)
    .join(" ")
    .trim();
  const line = body.find((candidate) => candidate.text)?.number ?? 1;
  let good = true;
  const refuse: Report = (at, message) => {
    good = false;
    report(at, message);
  };
  if (!text) refuse(line, `${what} under the front matter is missing`);
  checkLength(text, 280, what, line, refuse);
  return good ? text : undefined;
}
