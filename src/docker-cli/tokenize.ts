import { quote } from "../core/dispatch.ts";
import { limits } from "../engine/limits.ts";
import { LineRefusal } from "./line-refusal.ts";

/** A docker line in words, and the text that came along with it: a here-document or a fenced block. */
export interface Line {
  words: string[];
  input?: string;
}

/** The longest message that is read, in characters; a Dockerfile may come along. */
const longest = 8000;

const sentences: Record<string, string> = {
  "|": "There is no shell here, so nothing can be piped. Send one docker line at a time; its whole output comes back.",
  ";": "One docker line at a time, please: `;` would start a second command. Inside a container it works: `docker exec ada sh -c '…; …'`.",
  "&": "One docker line at a time, please: `&` and `&&` need a shell. Inside a container they work: `docker exec ada sh -c '… && …'`.",
  ">": "There are no files here to redirect into; both output and errors are shown anyway. Inside a container it works: `docker exec ada sh -c 'echo hi > /cake/note'`.",
  "<": "There are no files here to read from. Only `docker build -t name - <<EOF` takes a text, which ends in a line that says `EOF`.",
  "(": "There is no shell here that could read brackets. Put what is meant for the container in single quotes.",
  $: "There is no shell here, so `$` stands for nothing. Put what is meant for the container in single quotes: `docker exec ada sh -c 'echo $FLAVOUR'`.",
  "`": "There is no shell here, so back-ticks run nothing. Put what is meant for the container in single quotes.",
};

/**
 * Splits a line into words as a shell would, with quotes and escapes and nothing else: no variables, pipes, redirections or second
 * commands. Throws {@link LineRefusal} with a sentence for each of those, and nothing else.
 */
export function tokenize(typed: string): Line {
  if (typed.length > longest)
    throw new LineRefusal(`That is too long: I read docker lines of up to ${longest} characters.`);
  const text = straighten(typed.toWellFormed().replace(/\r\n?/g, "\n"));
  // biome-ignore lint/suspicious/noControlCharactersInRegex: they are what is looked for
  if (/[\0-\x08\x0b-\x1f\x7f]/.test(text))
    throw new LineRefusal("The line holds a control character that no keyboard types. Please type it again.");
  const { words, ending, rest } = splitWords(text);
  if (words.join(" ").length > limits.commandLength)
    throw new LineRefusal(`That is too long: one docker line has at most ${limits.commandLength} characters.`);
  const input = ending === undefined ? readFence(rest) : readHereDocument(rest, ending);
  return { words, ...(input !== undefined && { input }) };
}

/** Phones and some chats turn quotes and double dashes into typographic ones. */
function straighten(text: string): string {
  return text
    .replace(/[\u201c\u201d\u201e]/g, '"')
    .replace(/[\u2018\u2019\u201a]/g, "'")
    .replace(/(?<=\s)[\u2013\u2014](?=[a-z])/g, "--")
    .replace(/\u00a0/g, " ");
}

interface Split {
  words: string[];
  /** The word that ends the here-document. */
  ending?: string;
  rest: string;
}

function splitWords(text: string): Split {
  const words: string[] = [];
  let word: string | undefined;
  let ending: string | undefined;
  let at = 0;
  const done = () => {
    if (word !== undefined) words.push(word);
    word = undefined;
  };
  while (at < text.length) {
    const char = text[at] ?? "";
    if (char === "\n") break;
    if (char === " " || char === "\t") {
      done();
      at++;
    } else if (char === "'") {
      const end = text.indexOf("'", at + 1);
      if (end < 0) throw new LineRefusal("A single quote `'` is opened and never closed.");
      word = (word ?? "") + text.slice(at + 1, end);
      at = end + 1;
    } else if (char === '"') {
      const [inside, next] = readDoubleQuoted(text, at + 1);
      word = (word ?? "") + inside;
      at = next;
    } else if (char === "\\") {
      const next = text[at + 1];
      if (next === undefined) throw new LineRefusal("The line ends in a backslash, so something is missing after it.");
      if (next !== "\n") word = (word ?? "") + next;
      at += 2;
    } else if (char === "#" && word === undefined) {
      while (at < text.length && text[at] !== "\n") at++;
    } else {
      const here = /^<<-?\s*(?:'(\w{1,40})'|"(\w{1,40})"|(\w{1,40}))/.exec(text.slice(at, at + 90));
      if (here && ending === undefined) {
        done();
        ending = here[1] ?? here[2] ?? here[3];
        at += here[0].length;
        continue;
      }
      refuseSpecial(char, text[at + 1]);
      word = (word ?? "") + char;
      at++;
    }
  }
  done();
  return { words, ...(ending !== undefined && { ending }), rest: text.slice(at + 1) };
}

function readDoubleQuoted(text: string, from: number): [inside: string, next: number] {
  let inside = "";
  for (let at = from; at < text.length; at++) {
    const char = text[at] ?? "";
    if (char === '"') return [inside, at + 1];
    if (char === "\\" && /["\\$`\n]/.test(text[at + 1] ?? "")) {
      at++;
      if (text[at] !== "\n") inside += text[at];
    } else {
      if (char === "$" || char === "`") refuseSpecial(char, text[at + 1]);
      inside += char;
    }
  }
  throw new LineRefusal('A double quote `"` is opened and never closed.');
}

function refuseSpecial(char: string, next: string | undefined): void {
  // A lone dollar sign is just that, in a shell as well.
  if (char === "$" && !/[\w({$?!#@*-]/.test(next ?? "")) return;
  const sentence = sentences[char === ")" ? "(" : char];
  if (sentence !== undefined) throw new LineRefusal(sentence);
}

function readHereDocument(rest: string, ending: string): string {
  const lines = rest.split("\n");
  // Copied from a terminal, each line begins with the prompt for more.
  const prompted = lines.filter((line) => line.trim()).every((line) => /^> ?/.test(line));
  const body = prompted ? lines.map((line) => line.replace(/^> ?/, "")) : lines;
  const end = body.findIndex((line) => line.trim() === ending);
  if (end < 0)
    throw new LineRefusal(`The text after ${quote(`<<${ending}`)} has to end in a line that says ${quote(ending)}.`);
  refuseMore(body.slice(end + 1).join("\n"));
  return body
    .slice(0, end)
    .map((line) => `${line}\n`)
    .join("");
}

function readFence(rest: string): string | undefined {
  if (!rest.trim()) return undefined;
  const fenced = /^\s*```[^\n`]*\n([\s\S]*?)\n?```\s*$/.exec(rest);
  if (fenced) return `${fenced[1] ?? ""}\n`;
  const lines = rest.split("\n").filter((line) => line.trim());
  if (lines.every((line) => /^> ?/.test(line))) return lines.map((line) => `${line.replace(/^> ?/, "")}\n`).join("");
  refuseMore(rest);
  return undefined;
}

function refuseMore(rest: string): void {
  if (rest.trim() && !/^\s*```\s*$/.test(rest))
    throw new LineRefusal(
      "One docker line at a time, please; I ran none of these. A Dockerfile goes into a fenced block or between `<<EOF` and `EOF`.",
    );
}
