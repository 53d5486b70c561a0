import { checkLength } from "./check-length.ts";
import { readFrontMatter } from "./front-matter.ts";
import { parts, sections, splitFile } from "./markdown.ts";
import type { Report } from "./problem.ts";
import { readTranscript } from "./read-transcript.ts";
import { type Concept, conceptHead } from "./schema.ts";

/** Reads `concepts/<id>.md`; undefined when anything was reported. */
export function parseConcept(id: string, text: string, report: Report): Concept | undefined {
  const { head, body } = splitFile(text);
  let good = true;
  const refuse: Report = (line, message) => {
    good = false;
    report(line, message);
  };
  const data = readFrontMatter(head, conceptHead, refuse);
  const [top, ...rest] = sections(body);
  const { short, details } = readTop(top?.lines ?? [], refuse);
  // A complete card is shown whole at once, so its details are the answer.
  checkLength(
    details,
    data?.complete ? 1600 : 900,
    "the details",
    top?.lines.find((line) => line.text)?.number ?? 1,
    refuse,
  );
  const found = new Map(rest.map((section) => [section.title, section]));
  for (const { title, line } of rest)
    if (title !== "Example" && title !== "Deeper") refuse(line, `unknown heading "${title}": use Example and Deeper`);
  const example = readExample(found.get("Example"), body.at(-1)?.number ?? 1, refuse);
  const deeper = found.get("Deeper");
  const deeperText = (deeper?.lines ?? [])
    .map((line) => line.text)
    .join("\n")
    .trim();
  if (!deeperText) refuse(deeper?.line ?? body.at(-1)?.number ?? 1, "there is no text under ## Deeper");
  checkLength(deeperText, 1200, "the text under ## Deeper", deeper?.line ?? 1, refuse);
  return data && good ? { id, ...data, short, details, example, deeper: deeperText } : undefined;
}

function readTop(lines: ReturnType<typeof splitFile>["body"], report: Report): { short: string; details: string } {
  const first = lines.findIndex(({ text }) => text);
  if (first < 0) {
    report(lines[0]?.number ?? 1, "the short answer is missing: the first paragraph under the front matter");
    return { short: "", details: "" };
  }
  const blank = lines.findIndex(({ text }, index) => index > first && !text);
  const end = blank < 0 ? lines.length : blank;
  const short = lines
    .slice(first, end)
    .map(({ text }) => text)
    .join(" ");
  const details = lines
    .slice(end)
    .map(({ text }) => text)
    .join("\n")
    .trim();
  checkLength(short, 280, "the short answer", lines[first]?.number ?? 1, report);
  if (!details)
    report(
      lines[first]?.number ?? 1,
      "the details are missing: the text between the short answer and the first heading",
    );
  return { short, details };
}

function readExample(
  section: ReturnType<typeof sections>[number] | undefined,
  end: number,
  report: Report,
): Concept["example"] {
  if (!section) {
    report(end, "there is no ## Example");
    return { intro: "", console: "" };
  }
  const found = parts(section.lines);
  const [intro, block] = found;
  if (found.length !== 2 || intro?.fence !== null || block?.fence !== "console") {
    report(section.line, "an example is one sentence, then one console block, and nothing else");
    return { intro: "", console: "" };
  }
  const count = block.text.split("\n").length;
  if (count > 15) report(block.line, `the example has ${count} lines, at most 15 are allowed`);
  readTranscript(block.text, block.line, report);
  return { intro: intro.text.replaceAll("\n", " "), console: block.text };
}
