import { readFrontMatter } from "./front-matter.ts";
import { paragraphs, parts, type Section, sections, splitFile } from "./markdown.ts";
import type { Report } from "./problem.ts";
import { readTranscript } from "./read-transcript.ts";
import { type Lab, type LabStep, labHead } from "./schema.ts";

/** Reads `labs/<id>.md`; undefined when anything was reported. */
export function parseLab(id: string, text: string, report: Report): Lab | undefined {
  const { head, body } = splitFile(text);
  let good = true;
  const refuse: Report = (line, message) => {
    good = false;
    report(line, message);
  };
  const data = readFrontMatter(head, labHead, refuse);
  const [top, ...rest] = sections(body);
  const goal = paragraphs(top?.lines ?? [])
    .map((paragraph) => paragraph.text.replaceAll("\n", " "))
    .join(" ");
  if (!goal) refuse(top?.line ?? 1, "the goal is missing above the first step");
  if (!rest.length) refuse(body.at(-1)?.number ?? 1, "there are no steps: each starts with a ## heading");
  const steps = rest.map((section) => readStep(section, refuse));
  return data && good ? { id, ...data, goal, steps } : undefined;
}

function readStep(section: Section, report: Report): LabStep {
  const found = parts(section.lines);
  const prose = found
    .filter(({ fence }) => fence === null)
    .flatMap(({ text, line }) => paragraphs(numbered(text, line)));
  const quoted = prose.filter(({ text }) => text.startsWith(">"));
  const hints = quoted.map(({ text }) => text.replace(/^> ?/gm, "").replaceAll("\n", " "));
  const task = prose
    .filter(({ text }) => !text.startsWith(">"))
    .map(({ text }) => text.replaceAll("\n", " "))
    .join(" ");
  if (!task) report(section.line, "the step does not say what to do");
  if (hints.length < 1 || hints.length > 3)
    report(section.line, `the step has ${hints.length} hints, 1 to 3 are allowed, small first`);
  const block = (name: string) => {
    const all = found.filter(({ fence }) => fence === name);
    const only = all[0];
    if (all.length !== 1 || !only) report(section.line, `the step needs exactly one ${name} block`);
    return only ? readTranscript(only.text, only.line, report) : [];
  };
  for (const { fence, line } of found)
    if (fence !== null && fence !== "check" && fence !== "solution")
      report(line, `a lab has check and solution blocks only, not "${fence}"`);
  return { title: section.title, task, hints, check: block("check"), solution: block("solution") };
}

function numbered(text: string, line: number) {
  return text.split("\n").map((each, index) => ({ text: each, number: line + index }));
}
