import type { Report } from "../problem.ts";
import { type ErrorValues, isErrorValue } from "./error-values.ts";

/** `{port:8080}`: what it is, and what is said when the error does not tell. `{{.Names}}` and `${x}` are not ours. */
const placeholder = /(?<![$\w{])\{([a-z]+):([^{}\n]{1,80})\}/g;

/** Longest value that is shown in a sentence, in characters. */
const longest = 80;
const safeInShell = /^[\w@%+=:,./~-]+$/;

/** Puts the values into a sentence, where they stand between backticks. */
export function fillProse(text: string, values: ErrorValues): string {
  return text.replace(placeholder, (whole, name: string, fallback: string) =>
    isErrorValue(name) ? shown(values[name] ?? fallback) : whole,
  );
}

/** Puts the values into a block to be typed; one that a shell could take for more than a word is left out for the default. */
export function fillBlock(text: string, values: ErrorValues): string {
  return text.replace(placeholder, (whole, name: string, fallback: string) => {
    if (!isErrorValue(name)) return whole;
    const value = values[name];
    return value !== undefined && value.length <= 200 && safeInShell.test(value) ? value : fallback;
  });
}

/** Reports placeholders that nothing fills, and those in a sentence that do not stand in backticks. */
export function checkErrorPlaceholders(text: string, prose: boolean, line: number, report: Report): void {
  for (const { 0: whole, 1: name = "" } of text.matchAll(placeholder))
    if (!isErrorValue(name)) report(line, `${whole} is no placeholder that is known`);
  if (!prose) return;
  const bare = text.replace(/`[^`\n]*`/g, "").match(placeholder);
  for (const whole of bare ?? []) report(line, `${whole} stands in a sentence and needs backticks around it`);
}

function shown(value: string): string {
  const clean = value.replace(/[`\p{Cc}]+/gu, " ").trim();
  return clean.length > longest ? `${clean.slice(0, longest).toWellFormed()}…` : clean;
}
