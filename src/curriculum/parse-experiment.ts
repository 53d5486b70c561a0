import { readFrontMatter } from "./front-matter.ts";
import { paragraphs, parts, type Section, sections, splitFile } from "./markdown.ts";
import type { Report } from "./problem.ts";
import { readTranscript } from "./read-transcript.ts";
import { type Experiment, type ExperimentStep, experimentHead } from "./schema.ts";

/** Reads `experiments/<id>.md`; undefined when anything was reported. */
export function parseExperiment(id: string, text: string, report: Report): Experiment | undefined {
  const { head, body } = splitFile(text);
  let good = true;
  const refuse: Report = (line, message) => {
    good = false;
    report(line, message);
  };
  const data = readFrontMatter(head, experimentHead, refuse);
  const [top, ...rest] = sections(body);
  const above = paragraphs(top?.lines ?? []);
  if (above.length !== 1) refuse(top?.line ?? 1, "above the first step stands one paragraph: what this proves");
  if (rest.length < 2 || rest.length > 6)
    refuse(rest[0]?.line ?? top?.line ?? 1, `there are ${rest.length} steps, 2 to 6 are allowed`);
  const steps = rest.map((section) => readStep(section, refuse));
  return data && good ? { id, ...data, proves: (above[0]?.text ?? "").replaceAll("\n", " "), steps } : undefined;
}

function readStep(section: Section, report: Report): ExperimentStep {
  const found = parts(section.lines);
  const [block, meaning] = found;
  if (found.length !== 2 || block?.fence !== "console" || meaning?.fence !== null) {
    report(section.line, "a step is one console block, then one line of meaning, and nothing else");
    return { title: section.title, source: "", console: [], meaning: "" };
  }
  return {
    title: section.title,
    source: block.text,
    console: readTranscript(block.text, block.line, report),
    meaning: meaning.text.replaceAll("\n", " "),
  };
}
