import type { Caller } from "../../core/context.ts";
import type { App } from "../../core/platform.ts";

/**
 * What the Tab key offers: whole lines. Command names first, then the values a command knows for the option that is being typed,
 * then `option:` names.
 */
export async function completeLine(typed: string, app: App, caller: Caller): Promise<string[]> {
  const shown = app.commands.filter(({ hidden }) => !hidden);
  const names = shown.map(({ name }) => name).filter((name) => name.startsWith(typed.toLowerCase()));
  if (names.length > 0) return names.map((name) => `${name} `);
  const command = shown.find(({ name }) => typed.startsWith(`${name} `));
  if (!command) return [];
  const rest = typed.slice(command.name.length + 1);
  const word = rest.split(" ").at(-1) ?? "";
  const start = typed.slice(0, typed.length - word.length);
  const [, named, value] = /^([a-z]+):(.*)$/.exec(word) ?? [];
  if (named !== undefined) {
    const choices = await app.complete(command.name, named, value ?? "", caller);
    return choices.map((choice) => `${start}${named}:${choice.value}`);
  }
  const first = command.positional?.[0];
  const choices = first && !rest.includes(" ") ? await app.complete(command.name, first, word, caller) : [];
  const options = Object.keys(command.options.shape).filter((option) => option.startsWith(word) && option !== first);
  return [
    ...choices.map((choice) => `${start}${choice.value}`),
    ...(word || choices.length === 0 ? options.map((option) => `${start}${option}:`) : []),
  ];
}
