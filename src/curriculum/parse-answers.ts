import { checkLength } from "./check-length.ts";
import { readFrontMatter } from "./front-matter.ts";
import { type Line, type Part, parts, type Section, sections, splitFile } from "./markdown.ts";
import { checkPlaceholders } from "./placeholders.ts";
import type { Report } from "./problem.ts";
import { readTranscript } from "./read-transcript.ts";
import { type Answer, answersHead } from "./schema.ts";

/** What the blocks of an answer may be written in. */
const languages = ["sh", "dockerfile", "yaml", "text", "json", "powershell", "console"];

/** Longest texts of an answer, in characters, and how long its blocks may be, in lines. */
const most = { question: 90, prose: 600, block: 12 };

/** Reads `answers/<concept>.md`: one answer under each `##`. What is wrong is reported, and that answer left out. */
export function parseAnswers(concept: string, text: string, report: Report): Answer[] {
  const { head, body } = splitFile(text);
  const data = readFrontMatter(head, answersHead, report);
  const [top, ...rest] = sections(body);
  const stray = top?.lines.find((line) => line.text);
  if (stray) report(stray.number, "this text belongs to no question: every answer stands under a ## heading");
  if (!rest.length) report(1, "there is no answer: write a ## heading with the question, its wordings and the answer");
  return toldApart(rest.flatMap((section) => parseAnswer(concept, section, data?.sources ?? [], report)));
}

/** Questions that begin alike get the end of the question into their ids, so that none takes another's place. */
function toldApart(answers: Answer[]): Answer[] {
  const taken = new Set<string>();
  return answers.map((answer) => {
    const { id, question } = answer;
    const end =
      question
        .toLowerCase()
        .match(/[a-z0-9]+/g)
        ?.at(-1) ?? "";
    let own = id;
    for (let count = 1; taken.has(own); count++) {
      const tail = `-${end.slice(0, 12)}${count > 1 ? count : ""}`;
      own = `${id.slice(0, id.indexOf(".") + 1 + slugMost - tail.length)}${tail}`;
    }
    taken.add(own);
    return own === id ? answer : { ...answer, id: own };
  });
}

function parseAnswer(concept: string, { title, line, lines }: Section, shared: string[], report: Report): Answer[] {
  let good = true;
  const refuse: Report = (at, message) => {
    good = false;
    report(at, message);
  };
  checkLength(title, most.question, "the question", line, refuse);
  const { wordings, rest } = takeWordings(lines);
  if (wordings.length < 2 || wordings.length > 20)
    refuse(line, `write 2 to 20 other wordings as a list under the question; there are ${wordings.length}`);
  const { sources, told } = takeSources(rest);
  const found = parts(told);
  const prose = found.filter(({ fence }) => fence === null);
  if (found[0]?.fence !== null) refuse(line, "an answer begins with a sentence, after the list of wordings");
  checkLength(prose.map((part) => part.text).join("\n"), most.prose, "the answer", found[0]?.line ?? line, refuse);
  for (const part of found) checkPart(part, refuse);
  const all = [...new Set([...sources, ...shared])];
  if (!all.length) refuse(line, "name an official source, here or in the front matter");
  return good
    ? [{ id: `${concept}.${slug(title)}`, concept, question: title, wordings, parts: found, sources: all }]
    : [];
}

function checkPart({ fence, text, line }: Part, report: Report): void {
  if (fence !== null && !languages.includes(fence))
    report(line, `a block is one of ${languages.join(", ")}, not ${fence || "without a language"}`);
  const height = text.split("\n").length;
  if (fence !== null && height > most.block)
    report(line, `the block has ${height} lines, at most ${most.block} are allowed`);
  if (fence === "console") readTranscript(text, line, report);
  else checkPlaceholders(text, line, report);
}

function takeWordings(lines: readonly Line[]): { wordings: string[]; rest: Line[] } {
  const start = lines.findIndex(({ text }) => text);
  let end = Math.max(0, start);
  const wordings: string[] = [];
  for (; lines[end]?.text.startsWith("- "); end++) wordings.push(unquote(lines[end]?.text.slice(2).trim() ?? ""));
  return { wordings, rest: lines.slice(end) };
}

function unquote(text: string): string {
  return /^"[^"]*"$/.test(text) ? text.slice(1, -1) : text;
}

function takeSources(lines: readonly Line[]): { sources: string[]; told: Line[] } {
  const isSource = ({ text }: Line) => /^Source: https:\/\/\S+$/.test(text);
  return {
    sources: lines.filter(isSource).map(({ text }) => text.slice("Source: ".length)),
    told: lines.filter((line) => !isSource(line)),
  };
}

/** Longest part of an id that comes from the question, in characters. */
const slugMost = 40;

/** Part of an answer's id: its question in lower-case words, short enough for a control. */
function slug(question: string): string {
  const words = question.toLowerCase().match(/[a-z0-9]+/g) ?? [];
  return words.join("-").slice(0, slugMost).replace(/-+$/, "");
}
