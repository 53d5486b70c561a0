import { LineRefusal } from "../line-refusal.ts";
import type { Instruction } from "./parse-dockerfile.ts";

/** Does one instruction's work; what that refuses is told with the instruction and its line in the Dockerfile. */
export function atLine(instruction: Instruction, work: () => void): void {
  try {
    work();
  } catch (error) {
    throw withLine(instruction, error);
  }
}

/** The same error; a refusal names the instruction and its line in the Dockerfile. */
export function withLine({ word, line }: Instruction, error: unknown): unknown {
  if (!(error instanceof LineRefusal) || line === 0) return error;
  return new LineRefusal(`Line ${line} of the Dockerfile, \`${word}\`: ${error.message}`, error.concept);
}
