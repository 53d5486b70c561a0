import { readFileSync } from "node:fs";

/** What learners ask, in their own words: the project's own test questions. */
export const questions: readonly string[] = readFileSync(
  new URL("../tests/questions/own.jsonl", import.meta.url),
  "utf8",
)
  .trim()
  .split("\n")
  .map((line) => String(JSON.parse(line).text));
