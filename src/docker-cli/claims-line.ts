import { nearest } from "../core/nearest.ts";
import { CliError } from "../engine/cli-error.ts";
import { groups, lineCommandsByName } from "./line-commands.ts";
import { LineRefusal } from "./line-refusal.ts";
import { readLine } from "./read-line.ts";
import { refusedCommands } from "./refused-commands.ts";

/** Words of a sentence about Docker that no docker line has in these places. */
const sentenceWords = new Set(
  `a about adds all also already although always am an and any are as asks at be because been before but by can cannot can't case columns
  command commands could creates deletes did didn't difference do does doesn't doing don't during each empty error errors every example
  exactly exits explain explained fails failed finished field fine for forever from get gets gives got had hangs has have how i i'm if in inside
  instead into is isn't it its it's just keeps larger lists looks loses make makes me mean meaning means multiple my need needs never no not nothing occasionally of
  off on once only option or out over pulling rejects removes reports requires return returns right runs same says setup should shows simply so
  stays still stops takes tells than that the their them then there these they this those to twice uppercase use used uses using versus
  vs vs. want was we were what what's when where whether which while who why will with without won't work working works would wrong you your`.split(
    /\s+/,
  ),
);
/** No word that is looked up here is longer, in characters. */
const longestWord = 60;

/** After these, a container's command may be any sentence. */
const programs = new Set(
  "ash bake bash cat echo env find grep head httpd id kill ls mkdir ps pwd rm sh sleep tail top touch true uname wget".split(
    " ",
  ),
);
const anyWords = new Set(["run", "exec", "create"]);
/** Refused commands that mean nothing without a further word, so that alone they rather name a topic. */
const topics = new Set(
  "ai builder buildx checkpoint compose config context manifest mcp model network node plugin sbom scout secret service stack swarm system trust volume".split(
    " ",
  ),
);
const refusedNames = new Set(refusedCommands.flatMap(({ names }) => names));

/**
 * Whether the text after `docker` is a line to run, and not a question that begins with the same words
 * ("docker ps shows none, where are my containers?").
 */
export function claimsLine(rest: string): boolean {
  const [line = "", ...below] = rest
    .trim()
    .replace(/\\\r?\n/g, " ")
    .split("\n");
  if (saysMore(line, below)) return false;
  const plain = line
    .replace(/'[^']*'(?=\s|$)|"[^"]*"(?=\s|$)/g, "…")
    .replace(/<<-?\s*[^\s<]+\s*$/, "")
    .trim();
  if (!plain) return true;
  if (/\?$|[,:]\s|\s[–—]\s|\w\.$|…\w|<[a-z-]+>/.test(plain)) return false;
  const words = plain.split(/\s+/).filter((word) => !/^-/.test(word));
  const [first = "", ...others] = words;
  const name = groups.has(first) && others[0] !== undefined ? `${first} ${others.shift()}` : first;
  const said = others.map((word) =>
    word
      .toLowerCase()
      .slice(0, longestWord)
      .replace(/[!.;]+$/, ""),
  );
  const spoken = said.filter((word) => sentenceWords.has(word)).length;
  if (refusedNames.has(first) || refusedNames.has(name))
    return spoken === 0 && others.length <= 4 && (others.length > 0 || !topics.has(first));
  if (!lineCommandsByName.has(name)) {
    const near = nearest(first, [...lineCommandsByName.keys(), "--help", "--version"], 1).length > 0;
    return /^-/.test(plain) || (near && !sentenceWords.has(first) && spoken === 0 && others.length <= 4);
  }
  if (anyWords.has(first) && programs.has(said[1] ?? "")) return true;
  const opening = sentenceWords.has(said[0] ?? "");
  if (opening || spoken > (anyWords.has(first) ? 1 : 0)) return false;
  return fits(`docker ${rest.trim()}`);
}

/** Below a line that was tried stands what came of it or what is asked about it, unless it is a text for the command or another line. */
function saysMore(line: string, below: readonly string[]): boolean {
  if (/<<-?\s*["']?\w/.test(line)) return false;
  const told = below.filter((one) => one.trim());
  return told.length > 0 && !/^\s*```/.test(told[0] ?? "") && !told.every((one) => /^\s*(?:\$\s*)?docker\s/i.test(one));
}

/** A command without what it needs is rather a question about it. */
function fits(typed: string): boolean {
  try {
    readLine(typed);
    return true;
  } catch (error) {
    if (error instanceof LineRefusal) return true;
    return error instanceof CliError && error.exitCode === 125;
  }
}
