import type { Command } from "../../../core/command.ts";
import { type ReadText, readOptions, readText } from "../../../core/text.ts";

/** The words somebody wrote to the app, as they typed them; people and groups by name, unless they are to be `named` by id. https://docs.slack.dev/messaging/formatting-message-text#retrieving-messages */
export function readWords(text: string, botUser?: string, { named = false } = {}): string {
  const words =
    botUser === undefined ? text : text.replaceAll(new RegExp(`<@${botUser}(?:\\|[^<>]*)?>[:,]?`, "g"), " ");
  const known = named ? words.replace(/<(@[UW][A-Z0-9]+|!subteam\^[A-Z0-9]+)(?:\|[^<>]*)?>/g, "&lt;$1&gt;") : words;
  return known
    .replace(/<@[A-Z0-9]+(?:\|([^<>]*))?>/g, (_, name?: string) => `@${name ?? "somebody"}`)
    .replace(/<#[A-Z0-9]+(?:\|([^<>]*))?>/g, (_, name?: string) => `#${name || "channel"}`)
    .replace(/<!([a-z]+)(?:\^[^|<>]*)?(?:\|([^<>]*))?>/g, (_, kind: string, label?: string) => label ?? `@${kind}`)
    .replace(/<((?:https?|mailto):[^|<>]+)(?:\|([^<>]*))?>/g, (_, url: string, label?: string) => label ?? url)
    .replaceAll("&lt;", "<")
    .replaceAll("&gt;", ">")
    .replaceAll("&amp;", "&")
    .replace(/[“”]/g, '"')
    .replace(/[‘’]/g, "'")
    .trim();
}

/** Reads what somebody wrote to the app; a line that starts with `$ ` is for the sandbox. Null when nothing was said. */
export function readSaid(text: string, commands: readonly Command[], botUser?: string): ReadText | null {
  const words = readWords(text, botUser);
  if (!words) return null;
  const read = readTyped(words, commands);
  const { mentions } = commands.find(({ name }) => name === read.command) ?? {};
  return mentions ? readTyped(readWords(text, botUser, { named: true }), commands) : read;
}

function readTyped(words: string, commands: readonly Command[]): ReadText {
  const sandbox = /^\$ (.+)$/s.exec(words)?.[1];
  const run = sandbox === undefined ? undefined : commands.find(({ name }) => name === "sandbox run");
  if (run && sandbox !== undefined) {
    const [option] = run.positional ?? [];
    return option === undefined ? readOptions(run, sandbox) : { command: run.name, options: { [option]: sandbox } };
  }
  return readText(words, commands);
}
