import type { Command } from "../../core/command.ts";
import { type ReadText, readOptions, readText } from "../../core/text.ts";

/** The words somebody wrote to the app, as they typed them. https://docs.slack.dev/messaging/formatting-message-text#retrieving-messages */
export function readWords(text: string, botUser?: string): string {
  const words = botUser === undefined ? text : text.replaceAll(new RegExp(`<@${botUser}(?:\\|[^>]*)?>[:,]?`, "g"), " ");
  return words
    .replace(/<@[A-Z0-9]+(?:\|([^>]*))?>/g, (_, name?: string) => `@${name ?? "somebody"}`)
    .replace(/<#[A-Z0-9]+(?:\|([^>]*))?>/g, (_, name?: string) => `#${name || "channel"}`)
    .replace(/<!([a-z]+)(?:\^[^|>]*)?(?:\|([^>]*))?>/g, (_, kind: string, label?: string) => label ?? `@${kind}`)
    .replace(/<((?:https?|mailto):[^|>]+)(?:\|([^>]*))?>/g, (_, url: string, label?: string) => label ?? url)
    .replaceAll("&lt;", "<")
    .replaceAll("&gt;", ">")
    .replaceAll("&amp;", "&")
    .replace(/[“”]/g, '"')
    .replace(/[‘’]/g, "'")
    .trim();
}

/** Reads what was typed; a line that starts with `$ ` is for the sandbox. */
export function readTyped(words: string, commands: readonly Command[]): ReadText {
  const sandbox = /^\$ (.+)$/s.exec(words)?.[1];
  const run = sandbox === undefined ? undefined : commands.find(({ name }) => name === "sandbox run");
  if (run && sandbox !== undefined) {
    const [option] = run.positional ?? [];
    return option === undefined ? readOptions(run, sandbox) : { command: run.name, options: { [option]: sandbox } };
  }
  return readText(words, commands);
}
