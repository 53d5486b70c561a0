import { readFileSync } from "node:fs";

/** One labelled question of a JSON-lines file. */
export interface Labelled {
  id: string;
  text: string;
  in_scope: boolean;
  concept: string | null;
  alternates: string[];
}

/** The questions of a file. */
export function readQuestions(file: URL): Labelled[] {
  return readFileSync(file, "utf8")
    .trim()
    .split("\n")
    .map((line) => JSON.parse(line) as Labelled);
}
