import { compareOutput } from "../curriculum/compare-output.ts";
import type { Bindings } from "../curriculum/match-line.ts";
import type { TranscriptStep } from "../curriculum/transcript.ts";
import { fillPlaceholders } from "../curriculum/transcript.ts";
import type { LineResult } from "../experiments/stage.ts";

/** Runs one `docker …` line among the learner's own containers and images. */
export type RunLine = (line: string) => Promise<LineResult>;

/** What a check found: passed, or the first command whose output was not what the step asks for. */
export type Verdict = { passed: true } | { passed: false; command: string; output: string; expected: string };

/** Judges a step by the state of the engine, whatever was typed to get there. */
export async function checkStep(check: readonly TranscriptStep[], run: RunLine): Promise<Verdict> {
  const bindings: Bindings = new Map();
  for (const { command, expected } of check) {
    const line = fillPlaceholders(command, bindings);
    const { output } = await run(line);
    if (compareOutput(expected, output, bindings) !== null) {
      return { passed: false, command: line, output: output.trimEnd(), expected: expected.join("\n") };
    }
  }
  return { passed: true };
}
