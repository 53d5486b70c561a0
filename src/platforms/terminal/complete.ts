import type { Command } from "../../core/command.ts";

/** What the Tab key offers for a line that is being typed: command names, then `option:` names. */
export function completeLine(typed: string, commands: readonly Command[]): string[] {
  const shown = commands.filter(({ hidden }) => !hidden);
  const names = shown.map(({ name }) => name).filter((name) => name.startsWith(typed.toLowerCase()));
  if (names.length > 0) return names.map((name) => `${name} `);
  const command = shown.find(({ name }) => typed.startsWith(`${name} `));
  if (!command) return [];
  const word = typed.split(" ").at(-1) ?? "";
  const start = typed.slice(0, typed.length - word.length);
  return Object.keys(command.options.shape)
    .filter((option) => option.startsWith(word))
    .map((option) => `${start}${option}:`);
}
