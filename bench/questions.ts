import { readFileSync } from "node:fs";

/** What learners ask, in their own words: the project's own test questions, more than the tutor remembers. */
export const questions: readonly string[] = ["own", "blind"].flatMap((set) =>
  readFileSync(new URL(`../tests/questions/${set}.jsonl`, import.meta.url), "utf8")
    .trim()
    .split("\n")
    .map((line) => String(JSON.parse(line).text)),
);
