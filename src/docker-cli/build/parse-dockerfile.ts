import { CliError, daemonError } from "../../engine/cli-error.ts";
import { LineRefusal } from "../line-refusal.ts";

/** One instruction of a Dockerfile. */
export interface Instruction {
  /** In capitals. */
  word: string;
  /** Flags in front of the rest, such as `--from=kitchen`. */
  flags: string[];
  rest: string;
  /** Text of a here-document: the file that COPY makes, or the script that RUN runs. */
  heredoc?: string;
  /** 1-based. */
  line: number;
  /** As the builder shows it. */
  shown: string;
}

/** Every instruction there is, also those that are refused here. */
export const instructions: readonly string[] =
  "FROM RUN COPY ADD ENV WORKDIR CMD ENTRYPOINT LABEL EXPOSE USER ARG VOLUME STOPSIGNAL HEALTHCHECK SHELL ONBUILD MAINTAINER".split(
    " ",
  );
const known = new Set(instructions);
const refused: Record<string, string> = {
  ADD: "nothing is fetched here and nothing unpacked. `COPY` does the rest.",
  VOLUME: "containers here have no volumes, only their own layer.",
  ONBUILD: "it acts in builds on top of this one only.",
  HEALTHCHECK: "nobody would look at the result here.",
  SHELL: "commands run with `/bin/sh -c` here.",
  STOPSIGNAL: "give `--stop-signal` to `docker run` instead.",
  MAINTAINER: "it is out of use; write `LABEL maintainer=…`.",
};

/** The most instructions of one Dockerfile. */
const most = 30;

/** Reads a Dockerfile. Throws {@link CliError} in the builder's words and {@link LineRefusal} for instructions a sandbox does not run. */
export function parseDockerfile(source: string): Instruction[] {
  const lines = source.split("\n");
  const found: Instruction[] = [];
  for (let at = 0; at < lines.length; at++) {
    const start = at;
    if (/^\s*(#|$)/.test(lines[at] ?? "")) continue;
    let text = (lines[at] ?? "").trim();
    while (/\\\s*$/.test(text) && at + 1 < lines.length) {
      text = text.replace(/\\\s*$/, "");
      do at++;
      while (at + 1 < lines.length && /^\s*#/.test(lines[at] ?? ""));
      text += /^\s*#/.test(lines[at] ?? "") ? "" : (lines[at] ?? "").trimEnd();
    }
    const { word, rest } = splitInstruction(text);
    if (!known.has(word)) throw daemonError(`dockerfile parse error line ${start + 1}: unknown instruction: ${word}`);
    if (refused[word])
      throw new LineRefusal(`\`${word}\` is not possible in a build here: ${refused[word]}`, "dockerfile-build");
    const [flags, plain] = takeFlags(rest);
    const here = /^(.*?)<<-?\s*["']?(\w{1,40})["']?\s*(.*)$/s.exec(plain);
    let heredoc: string | undefined;
    if (here && (word === "COPY" || (word === "RUN" && /^<</.test(plain)))) {
      const body: string[] = [];
      for (at++; at < lines.length && (lines[at] ?? "").trim() !== here[2]; at++) body.push(lines[at] ?? "");
      if (at >= lines.length) throw daemonError(`unterminated heredoc`);
      heredoc = body.map((line) => `${line}\n`).join("");
    }
    const bare =
      heredoc === undefined ? plain : word === "RUN" ? heredoc.trimEnd() : `<<${here?.[2]} ${here?.[3] ?? ""}`.trim();
    if (!bare.trim() && word !== "CMD" && word !== "ENTRYPOINT")
      throw daemonError(
        `dockerfile parse error line ${start + 1}: ${word} requires ${word === "FROM" ? "either one or three arguments" : "at least one argument"}`,
      );
    found.push({
      word,
      flags,
      rest: bare,
      line: start + 1,
      shown: [word, ...flags, plain].join(" "),
      ...(heredoc !== undefined && { heredoc }),
    });
  }
  if (!found.length) throw daemonError("failed to parse Dockerfile: file with no instructions");
  if (found.length > most)
    throw new LineRefusal(
      `That are ${found.length} instructions; a build here has at most ${most}.`,
      "dockerfile-build",
    );
  return found;
}

/** The first word in capitals, and the rest. */
export function splitInstruction(text: string): { word: string; rest: string } {
  const [, word = "", rest = ""] = /^\s*(\S+)\s*([\s\S]*)$/.exec(text) ?? [];
  return { word: word.toUpperCase(), rest: rest.trim() };
}

function takeFlags(rest: string): [string[], string] {
  const flags: string[] = [];
  let text = rest;
  for (
    let match = /^(--[a-z-]+(?:=\S*)?)(?:\s+|$)/.exec(text);
    match;
    match = /^(--[a-z-]+(?:=\S*)?)(?:\s+|$)/.exec(text)
  ) {
    flags.push(match[1] ?? "");
    text = text.slice(match[0].length);
  }
  return [flags, text];
}

/** `["a", "b"]` as a list; undefined for the shell form. Throws {@link CliError} never: what is no list is shell. */
export function execForm(rest: string): string[] | undefined {
  if (!rest.startsWith("[")) return undefined;
  try {
    const list: unknown = JSON.parse(rest);
    return Array.isArray(list) && list.every((one) => typeof one === "string") ? list : undefined;
  } catch {
    return undefined;
  }
}

/** Splits words with quotes and backslashes as Dockerfile instructions do. Throws {@link CliError}. */
export function splitQuoted(text: string): string[] {
  const words: string[] = [];
  let word: string | undefined;
  let quote = "";
  for (let at = 0; at < text.length; at++) {
    const char = text[at] ?? "";
    if (quote) {
      if (char === quote) quote = "";
      else if (char === "\\" && quote === '"' && at + 1 < text.length) word = (word ?? "") + (text[++at] ?? "");
      else word = (word ?? "") + char;
    } else if (char === '"' || char === "'") {
      quote = char;
      word ??= "";
    } else if (char === "\\" && at + 1 < text.length) word = (word ?? "") + (text[++at] ?? "");
    else if (/\s/.test(char)) {
      if (word !== undefined) words.push(word);
      word = undefined;
    } else word = (word ?? "") + char;
  }
  if (quote)
    throw new CliError("Error response from daemon: unexpected end of statement while looking for matching quote");
  if (word !== undefined) words.push(word);
  return words;
}
