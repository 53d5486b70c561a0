import { checkLength } from "../check-length.ts";
import { readFrontMatter } from "../front-matter.ts";
import { type Line, type Part, parts, type Section, sections, splitFile } from "../markdown.ts";
import type { Report } from "../problem.ts";
import { type ErrorEntry, type ErrorRank, type ErrorsHead, errorKeys, errorRanks, errorsHead } from "./error-entry.ts";
import { type ErrorPattern, findPattern, readErrorPattern } from "./error-pattern.ts";
import { checkErrorPlaceholders, fillBlock, fillProse } from "./fill-error.ts";
import { plainError } from "./plain-error.ts";

/** What the blocks of an entry may be written in. */
const languages = ["sh", "dockerfile", "yaml", "text", "json", "powershell"];

/** Longest texts of an entry: characters, and lines of a block. */
const most = { title: 80, screen: 860, block: 9 };

/** Reads `errors/<area>.md`: one entry under each `##`. What is wrong is reported, and that entry left out. `pack`: it is in a folder of the host's own. */
export function parseErrors(area: string, text: string, report: Report, pack = false): ErrorEntry[] {
  const { head, body } = splitFile(text);
  const data = readFrontMatter(head, errorsHead, report);
  const [top, ...rest] = sections(body);
  const stray = top?.lines.find((line) => line.text);
  if (stray) report(stray.number, "this text belongs to no error: every error stands under a ## heading");
  if (!rest.length) report(1, "there is no error: write a ## heading, its match and seen blocks, and what to do");
  return data ? rest.flatMap((section) => parseEntry({ area, pack }, section, data, report)) : [];
}

function parseEntry(
  { area, pack }: { area: string; pack: boolean },
  { title, line, lines }: Section,
  shared: ErrorsHead,
  report: Report,
): ErrorEntry[] {
  let good = true;
  const refuse: Report = (at, message) => {
    good = false;
    report(at, message);
  };
  checkLength(title, most.title, "the heading", line, refuse);
  const { keys, rest } = takeKeys(lines, refuse);
  const all = parts(rest);
  const patterns = all.filter(({ fence }) => fence === "match").flatMap((part) => readPatterns(part, pack, refuse));
  const seen = all.filter(({ fence }) => fence === "seen").flatMap(({ text }) => text.split(/\n(?:\s*\n)+/));
  const told = all.filter(({ fence }) => fence !== "match" && fence !== "seen");
  if (!patterns.length) refuse(line, "a match block with at least one pattern is missing");
  if (!seen.length) refuse(line, "a seen block with at least one real error text is missing");
  for (const text of seen) checkSeen(text, patterns, line, refuse);
  if (told[0]?.fence !== null) refuse(line, "what to do begins with a sentence, after the match and seen blocks");
  const sources = [...new Set([...keys.source, ...shared.sources])];
  const screen = checkTold(told, line, refuse);
  checkLength(screen, most.screen, "what to do", told[0]?.line ?? line, refuse);
  const entry: ErrorEntry = {
    id: `${area}.${slug(title)}`,
    title,
    concept: keys.concept ?? shared.concept,
    rank: rankOf(keys, line, refuse),
    patterns,
    seen,
    parts: told,
    sources,
    ...(keys.asks !== undefined && { asks: keys.asks }),
    ...(keys.shows !== undefined && { experiment: keys.shows }),
  };
  return good ? [entry] : [];
}

interface Keys {
  concept?: string;
  asks?: string;
  shows?: string;
  rank?: string;
  source: string[];
}

/** The lines `concept: …`, `asks: …`, `shows: …`, `rank: …` and `source: …` right under the heading. */
function takeKeys(lines: readonly Line[], report: Report): { keys: Keys; rest: Line[] } {
  const keys: Keys = { source: [] };
  let at = 0;
  for (; at < lines.length; at++) {
    const { text = "", number = 1 } = lines[at] ?? {};
    if (!text) continue;
    const [, name = "", value = ""] = /^([a-z]+): (.+)$/.exec(text) ?? [];
    if (!value) break;
    const key = errorKeys.find((each) => each === name);
    if (!key) report(number, `${name} is not one of ${errorKeys.join(", ")}`);
    else if (key === "source") keys.source.push(value);
    else keys[key] = value;
  }
  return { keys, rest: lines.slice(at) };
}

function rankOf({ rank }: Keys, line: number, report: Report): ErrorRank {
  const known = errorRanks.find((each) => each === (rank ?? "cause"));
  if (!known) report(line, `rank is one of ${errorRanks.join(", ")}`);
  return known ?? "cause";
}

function readPatterns({ text, line }: Part, pack: boolean, report: Report): ErrorPattern[] {
  return text.split("\n").flatMap((source, index) => {
    if (!source.trim()) return [];
    try {
      return [readErrorPattern(source.trim(), { pack })];
    } catch (error) {
      report(line + index, error instanceof Error ? error.message : "the pattern cannot be read");
      return [];
    }
  });
}

function checkSeen(seen: string, patterns: readonly ErrorPattern[], line: number, report: Report): void {
  const text = plainError(seen);
  const lower = text.toLowerCase();
  if (!patterns.some((pattern) => findPattern(pattern, text, lower)))
    report(line, `no pattern of this error finds its own text "${seen.slice(0, 120)}"`);
}

function checkTold(told: readonly Part[], line: number, report: Report): string {
  for (const { fence, text, line: at } of told) {
    checkErrorPlaceholders(text, fence === null, at, report);
    if (fence === null) continue;
    if (!languages.includes(fence)) report(at, `a block is one of ${languages.join(", ")}, match or seen`);
    const height = text.split("\n").length;
    if (height > most.block) report(line, `the block has ${height} lines, at most ${most.block} are allowed`);
  }
  return told.map(({ fence, text }) => (fence === null ? fillProse(text, {}) : fillBlock(text, {}))).join("\n");
}

function slug(title: string): string {
  const words = title.toLowerCase().match(/[a-z0-9]+/g) ?? [];
  return words.join("-").slice(0, 40).replace(/-+$/, "");
}
