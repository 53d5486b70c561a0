import { readFrontMatter } from "./front-matter.ts";
import { type Line, paragraphs, splitFile } from "./markdown.ts";
import type { Report } from "./problem.ts";
import { type Option, type Question, questionHead } from "./schema.ts";

/** Reads `questions/<id>.md`; undefined when anything was reported. */
export function parseQuestion(id: string, source: string, report: Report): Question | undefined {
  const { head, body } = splitFile(source);
  let good = true;
  const refuse: Report = (line, message) => {
    good = false;
    report(line, message);
  };
  const data = readFrontMatter(head, questionHead, refuse);
  const start = body.findIndex(({ text }) => isOption(text));
  const end = body.findLastIndex(({ text }) => isOption(text) || /^\s+\S/.test(text)) + 1;
  if (start < 0) {
    refuse(body[0]?.number ?? 1, "there are no options: lines that start with - [ ] or - [x]");
    return undefined;
  }
  const text = joined(body.slice(0, start), "\n\n");
  const options = readOptions(body.slice(start, end), refuse);
  const explanation = joined(body.slice(end), "\n\n");
  const first = body[start]?.number ?? 1;
  if (!text) refuse(first, "the question is missing above its options");
  if (!explanation)
    refuse(body.at(-1)?.number ?? 1, "the explanation is missing: the last paragraph, after the options");
  if (words(text) > 60)
    refuse(
      body.find((line) => line.text)?.number ?? 1,
      `the question has ${words(text)} words, at most 60 are allowed`,
    );
  const right = options.filter((option) => option.right).length;
  if (right !== 1)
    refuse(first, right ? `${right} right answers are ticked, exactly one is allowed` : "no right answer is ticked");
  if (options.length < 2 || options.length > 5)
    refuse(first, `there are ${options.length} options, 2 to 5 are allowed`);
  return data && good ? { id, ...data, text, options, explanation } : undefined;
}

function readOptions(lines: readonly Line[], report: Report): Option[] {
  const options: Option[] = [];
  const seen = new Set<string>();
  const starts = lines.flatMap((line, index) => (isOption(line.text) ? [index] : []));
  starts.forEach((from, index) => {
    const line = lines[from];
    const match = /^- \[([ xX])\]\s*(.*)$/.exec(line?.text ?? "");
    if (!line || !match) return;
    const option: Option = { text: match[2] ?? "", right: match[1] !== " " };
    for (const below of lines.slice(from + 1, starts[index + 1])) readReason(option, below, report);
    checkOption(option, line.number, seen, report);
    options.push(option);
  });
  return options;
}

function readReason(option: Option, { text, number }: Line, report: Report): void {
  const misconception = /^\s+misconception:\s*(\S+)$/.exec(text)?.[1];
  if (text && !/^\s/.test(text)) {
    report(number, "a line between options is indented: it says why the option above is right or wrong");
  } else if (misconception) option.misconception = misconception;
  else if (text) option.why = option.why ? `${option.why} ${text.trim()}` : text.trim();
}

function checkOption(
  { text, right, why, misconception }: Option,
  line: number,
  seen: Set<string>,
  report: Report,
): void {
  const key = text
    .toLowerCase()
    .replace(/[\s.]+/g, " ")
    .trim();
  if (!text) report(line, "an option is empty");
  if (seen.has(key)) report(line, `the option "${text}" stands twice`);
  seen.add(key);
  if (words(text) > 18) report(line, `the option has ${words(text)} words, at most 18 are allowed`);
  if (/\b(?:all|none|both|neither) of (?:the )?(?:above|these|them)\b/i.test(text))
    report(line, `"${text}" is not allowed as an option`);
  if (right && misconception) report(line, "the right option names a misconception");
  if (!why && !misconception) report(line, "under the option an indented line must say why, or name its misconception");
}

function isOption(text: string): boolean {
  return /^- \[[ xX]\]/.test(text);
}

function joined(lines: readonly Line[], by: string): string {
  return paragraphs(lines)
    .map(({ text }) => text)
    .join(by);
}

function words(text: string): number {
  return text.split(/\s+/).filter(Boolean).length;
}
