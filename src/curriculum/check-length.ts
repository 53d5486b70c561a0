import type { Report } from "./problem.ts";

/** Reports a text that is longer than `most` characters. */
export function checkLength(text: string, most: number, what: string, line: number, report: Report): void {
  if (text.length > most) report(line, `${what} has ${text.length} characters, at most ${most} are allowed`);
}
