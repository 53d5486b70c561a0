import type { Report } from "./problem.ts";
import { parseTranscript, type TranscriptStep } from "./transcript.ts";

/** Parses a console block; what is wrong with it is reported at its place in the file. */
export function readTranscript(text: string, line: number, report: Report): TranscriptStep[] {
  try {
    const steps = parseTranscript(text);
    if (!steps.length) report(line, "the block holds no command: a command's line starts with $ and a space");
    return steps;
  } catch (error) {
    report(line, error instanceof Error ? error.message.replace(/^line \d+: /, "") : "the block cannot be read");
    return [];
  }
}
