import { z } from "zod";
import type { Part } from "./markdown.ts";
import type { TranscriptStep } from "./transcript.ts";

/** What an id, and so a file name, looks like. */
export const idPattern = /^[a-z0-9]+(?:-[a-z0-9]+)*$/;

const id = z.string().regex(idPattern, "an id is lower-case words joined by hyphens");
const line = z.string().trim().min(1, "must not be empty");
export const httpsUrl = z.url({ protocol: /^https$/, error: "a source is a full address that starts with https://" });
const regex = line.refine(compiles, "is not a valid regular expression");

/** Front matter of `concepts/<id>.md`. */
export const conceptHead = z.strictObject({
  title: line,
  skills: z
    .array(z.string().regex(/^[a-z]+(?:-[a-z0-9]+)+$/, "a skill is a verb and a noun, like read-layers"))
    .min(1, "name 1 to 3 skills")
    .max(3, "name 1 to 3 skills"),
  aliases: z.array(line),
  ask: z.array(line).min(8, "write 8 to 12 phrasings").max(12, "write 8 to 12 phrasings"),
  errors: z.array(regex),
  defines: z.array(line).default([]),
  compares: z.array(z.tuple([line, line])).default([]),
  related: z.array(id).min(2, "name 2 or 3 related concepts").max(3, "name 2 or 3 related concepts"),
  experiment: id.exactOptional(),
  lab: id.exactOptional(),
  complete: z.boolean().default(false),
  sources: z.array(httpsUrl).min(1, "name at least one official source"),
});

/** Front matter of `misconceptions/<id>.md`. */
export const misconceptionHead = z.strictObject({ believed: line, concept: id, experiment: id });

/** Front matter of `redirects/<id>.md`. */
export const redirectHead = z.strictObject({
  title: line,
  ask: z.array(line).min(12, "write 12 to 25 phrasings").max(25, "write 12 to 25 phrasings"),
  words: z.array(line),
  suggest: id,
  source: httpsUrl.exactOptional(),
});

/** Front matter of `questions/<concept>-<nn>.md`. */
export const questionHead = z.strictObject({
  concept: id,
  level: z.enum(["easy", "medium", "hard"]),
  hint: line,
  experiment: id.exactOptional(),
});

/** Front matter of `experiments/<id>.md`. */
export const experimentHead = z.strictObject({
  title: line,
  concept: id,
  predict: z
    .strictObject({
      question: line,
      options: z.array(line).min(2, "offer 2 to 4 predictions").max(4, "offer 2 to 4 predictions"),
      answer: z.int(),
    })
    .refine(
      ({ answer, options }) => answer >= 1 && answer <= options.length,
      "answer is the number of an option, from 1",
    ),
  saw: z.array(line).min(2, "write 2 or 3 lines of what was seen").max(3, "write 2 or 3 lines of what was seen"),
});

/** Front matter of `labs/<id>.md`. */
export const labHead = z.strictObject({
  title: line,
  concepts: z.array(id).min(1, "name at least one concept"),
  level: z.enum(["easy", "medium", "hard"]),
  minutes: z.int().min(1).max(120),
});

/** Front matter of `path/<id>.md`. */
export const chapterHead = z.strictObject({
  title: line,
  order: z.number().positive("order is a number above 0: where the chapter stands"),
  concepts: z.array(id).min(1, "name the concepts of the chapter, in the order they are read"),
  experiments: z.array(id).min(1, "name at least one experiment"),
  labs: z.array(id),
});

/** Front matter of `answers/<concept>.md`: official pages that serve every answer of the file. */
export const answersHead = z.strictObject({ sources: z.array(httpsUrl).min(1, "name at least one official source") });

/** The reviewed answer to one specific question about a concept. */
export interface Answer {
  /** The concept's id, a dot, and the question in a few words. */
  id: string;
  concept: string;
  question: string;
  /** Other ways in which people ask it; for search only. */
  wordings: string[];
  /** Prose and blocks in order; the first is prose. */
  parts: Part[];
  sources: string[];
}

/** One card: what Bakehouse teaches about one concept. `errors` are sources of case-insensitive regular expressions. */
export interface Concept extends z.output<typeof conceptHead> {
  id: string;
  short: string;
  details: string;
  example: { intro: string; console: string };
  deeper: string;
  /** From a folder of the host's own, whose patterns no test of ours has seen. */
  pack?: boolean;
}

/** What people believe, and the correction. */
export interface Misconception extends z.output<typeof misconceptionHead> {
  id: string;
  correction: string;
}

/** A topic this tutor does not cover, with a polite pointer (`text`). */
export interface Redirect extends z.output<typeof redirectHead> {
  id: string;
  text: string;
}

/** One option of a question; `why`, `misconception` or both are there. */
export interface Option {
  text: string;
  right: boolean;
  why?: string;
  misconception?: string;
}

/** A multiple-choice question; exactly one option is right. */
export interface Question extends z.output<typeof questionHead> {
  id: string;
  text: string;
  options: Option[];
  explanation: string;
}

/** One step of an experiment: what is typed, what must be seen, and what it means. */
export interface ExperimentStep {
  title: string;
  /** The block as it is shown. */
  source: string;
  console: TranscriptStep[];
  meaning: string;
}

/** A run on a real engine that proves something. `predict.answer` counts from 1. */
export interface Experiment extends z.output<typeof experimentHead> {
  id: string;
  proves: string;
  steps: ExperimentStep[];
}

/** One chapter of the path through everything taught; `aim` is what a learner can do afterwards. */
export interface Chapter extends z.output<typeof chapterHead> {
  id: string;
  aim: string;
}

/** One step of a lab; hints go from small to big. */
export interface LabStep {
  title: string;
  task: string;
  hints: string[];
  check: TranscriptStep[];
  solution: TranscriptStep[];
}

/** Hands-on work in a sandbox, judged on the state of the engine. `minutes` is the author's estimate. */
export interface Lab extends z.output<typeof labHead> {
  id: string;
  goal: string;
  steps: LabStep[];
}

function compiles(source: string): boolean {
  try {
    new RegExp(source, "i");
    return true;
  } catch {
    return false;
  }
}
