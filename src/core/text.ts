import type { Command } from "./command.ts";
import { nearest } from "./nearest.ts";

/** A read line: which command, with which options, all of them strings. */
export interface ReadText {
  command: string;
  options: Record<string, string>;
}

/** The longest text that is read, in characters; the rest is cut. Longer than any platform's own limit for a question. */
export const textLimit = 8000;

/**
 * Reads `quiz start topic:layers` or free text. A line that starts with no command is a question for `ask`;
 * a near miss of a command word becomes `suggest`. Never throws; only known option names are taken as options.
 */
export function readText(typed: string, commands: readonly Command[]): ReadText {
  const line = typed
    .slice(0, textLimit)
    .toWellFormed()
    .trim()
    .replace(/^\/(?=[a-z])/i, "");
  const words = line.split(/\s+/, 2).map((word) => word.toLowerCase());
  const command = find(commands, words.join(" ")) ?? find(commands, words[0] ?? "");
  const rest = command ? dropWords(line, command.name.split(" ").length) : "";
  if (command && (command.claims?.(rest) ?? true)) return readOptions(command, rest);
  const group = commands.filter(({ name, hidden }) => !hidden && name.startsWith(`${words[0]} `));
  // A group's bare word asks what is in it.
  if (group.length && !/\s/.test(line)) return { command: "help", options: { topic: words[0] ?? "" } };
  if (group.length && line.split(/\s+/).length <= 2) return { command: "suggest", options: { typed: line } };
  // The command itself said that this is none of its lines.
  if (!command && looksLikeCommand(line, commands)) return { command: "suggest", options: { typed: line } };
  return { command: "ask", options: { question: line } };
}

/** Reads the text after a command's name into its options; quotes around a whole value are taken off. */
export function readOptions(command: Command, rest: string): ReadText {
  const options: Record<string, string> = {};
  const names = Object.keys(command.options.shape);
  const named = names.length ? new RegExp(`^(${names.join("|")}):(?:"([^"]*)"|(\\S+))(?:\\s+|$)`, "i") : null;
  const trailing = names.length ? new RegExp(`(?:^|\\s)(${names.join("|")}):(?:"([^"]*)"|(\\S+))$`, "i") : null;
  let text = rest.trim();
  const take = (match: RegExpExecArray) => {
    const value = match[2] ?? match[3] ?? "";
    const name = names.find((candidate) => candidate.toLowerCase() === match[1]?.toLowerCase());
    if (name && value) options[name] = value;
  };
  for (let match = named?.exec(text); match; match = named?.exec(text)) {
    take(match);
    text = text.slice(match[0].length);
  }
  for (let match = trailing?.exec(text); match; match = trailing?.exec(text)) {
    take(match);
    text = text.slice(0, match.index).trimEnd();
  }
  const open = (command.positional ?? []).filter((name) => options[name] === undefined);
  open.forEach((name, index) => {
    if (!text) return;
    if (index === open.length - 1) {
      options[name] = /^(["'])(?:(?!\1).)*\1$/s.test(text) ? text.slice(1, -1) : text;
      text = "";
      return;
    }
    const word = /^(?:"([^"]*)"|(\S+))\s*/.exec(text);
    if (!word) return;
    options[name] = word[1] ?? word[2] ?? "";
    text = text.slice(word[0].length);
  });
  if (text) options[leftoverOption] = text;
  return { command: command.name, options };
}

/** Words that fit no option travel under this name, so that dispatch can say so instead of dropping them. */
export const leftoverOption = "…";

function find(commands: readonly Command[], name: string): Command | undefined {
  return commands.find((command) => command.name === name);
}

function dropWords(line: string, count: number): string {
  return line.replace(new RegExp(`^(?:\\S+\\s*){${count}}`), "");
}

const questionWords = new Set(["how", "what", "why", "who", "when", "where", "which", "can", "does", "is"]);

function looksLikeCommand(line: string, commands: readonly Command[]): boolean {
  const [first = "", second, ...more] = line.toLowerCase().split(/\s+/);
  if (more.length > 1 || line.includes("?") || questionWords.has(first)) return false;
  const heads = new Set(commands.filter(({ hidden }) => !hidden).map(({ name }) => name.split(" ")[0] ?? name));
  if (first.length < 3 || nearest(first, heads, 1).length === 0) return false;
  return second === undefined || heads.has(first) || more.length === 0;
}
