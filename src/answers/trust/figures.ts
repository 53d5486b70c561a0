import { readFileSync } from "node:fs";

/** How often the tutor is right; written by `npm run trust`, never by hand. Days are as 2026-11-27. */
export interface Figures {
  date: string;
  /** Questions of the project's own test sets, none of which the search was written from. */
  topics: { asked: number; first: number; firstThree: number; outside: number; declined: number };
  /** Every wording of every answer, asked while the search did not know it. */
  answers: { asked: number; first: number; offered: number; none: number; other: number };
  /** Runs of experiments on an engine. */
  runs: { experiments: number; engines: string[]; latest: string };
}

/** Where the figures are kept. */
export const figuresFile: URL = new URL("figures.json", import.meta.url);

/** The figures as they were last computed. */
export function readFigures(): Figures {
  return JSON.parse(readFileSync(figuresFile, "utf8")) as Figures;
}

/** A share in words: "912 of 1,000 (91.2 %)". */
export function share(part: number, whole: number): string {
  const percent = whole ? ((100 * part) / whole).toFixed(1) : "0.0";
  return `${part.toLocaleString("en-GB")} of ${whole.toLocaleString("en-GB")} (${percent} %)`;
}
