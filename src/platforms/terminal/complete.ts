import type { Caller } from "../../core/context.ts";
import type { App } from "../../core/platform.ts";

/**
 * What the Tab key offers: whole lines that go on as the typed one begins. Command names first, then the values a command knows for the option
 * that is being typed, then `option:` names.
 */
export async function completeLine(typed: string, app: App, caller: Caller): Promise<string[]> {
  const shown = app.commands.filter(({ hidden }) => !hidden);
  const names = shown.map(({ name }) => name).filter((name) => startsWith(name, typed));
  if (names.length > 0) return names.map((name) => `${name} `);
  const command = shown
    .filter(({ name }) => startsWith(typed, `${name} `))
    .sort((a, b) => b.name.length - a.name.length)[0];
  if (!command) return [];
  const rest = typed.slice(command.name.length + 1);
  const word = rest.split(" ").at(-1) ?? "";
  const start = typed.slice(0, typed.length - word.length);
  const [, named, value] = /^([a-z]+):(.*)$/.exec(word) ?? [];
  if (named !== undefined) {
    const values = await valuesOf(named, value ?? "");
    return values.map((one) => `${start}${named}:${one}`);
  }
  const positional = command.positional ?? [];
  // The last one takes the rest of the line as it stands.
  const at = Math.min(rest.split(" ").length, positional.length) - 1;
  const option = positional[at];
  const from = option === undefined ? word : at === positional.length - 1 ? rest.split(" ").slice(at).join(" ") : word;
  const values = option === undefined ? [] : await valuesOf(option, from);
  const options = Object.keys(command.options.shape).filter(
    (name) => name.startsWith(word) && !positional.includes(name),
  );
  return [
    ...values.map((one) => `${typed.slice(0, typed.length - from.length)}${one}`),
    ...(word || values.length === 0 ? options.map((name) => `${start}${name}:`) : []),
  ];

  async function valuesOf(option: string, begun: string): Promise<string[]> {
    const choices = await app.complete(command?.name ?? "", option, begun, caller);
    return choices.map(({ value }) => value).filter((one) => startsWith(one, begun));
  }
}

/** As {@link completeLine}, for the word under the cursor: how it may go on, and the word. */
export async function completeWord(typed: string, app: App, caller: Caller): Promise<[string[], string]> {
  const at = typed.lastIndexOf(" ") + 1;
  const lines = await completeLine(typed, app, caller);
  return [lines.map((line) => line.slice(at)), typed.slice(at)];
}

const startsWith = (text: string, start: string) => text.toLowerCase().startsWith(start.toLowerCase());
