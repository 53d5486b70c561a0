/**
 * Makes text safe to print: every control character but newline and tab, every escape sequence and every invisible
 * direction mark is gone, lone surrogates become replacement characters.
 */
export function visible(text: string): string {
  return (
    text
      .toWellFormed()
      // biome-ignore lint/suspicious/noControlCharactersInRegex: these are what is removed
      .replace(/\u001b(?:\[[0-?]*[ -/]*[@-~]|\][^\u0007\u001b]*(?:\u0007|\u001b\\)?|[@-_])?/g, "")
      .replace(/\r\n?/g, "\n")
      .replace(/\t/g, "    ")
      .replace(/[^\P{Cc}\n]|[\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]/gu, "")
  );
}
