import { CliError } from "../../engine/cli-error.ts";
import type { Instruction } from "./parse-dockerfile.ts";

/** The instructions up to the end of the stage that `--target` names. Throws {@link CliError} when there is none. */
export function cutAfter(instructions: Instruction[], target: string | undefined): Instruction[] {
  if (target === undefined) return instructions;
  const starts = instructions.flatMap(({ word }, index) => (word === "FROM" ? [index] : []));
  const at = starts.findIndex(
    (start, index) =>
      new RegExp(`\\s+as\\s+${RegExp.escape(target)}$`, "i").test(instructions[start]?.rest ?? "") ||
      String(index) === target,
  );
  if (at < 0) throw new CliError(`Error response from daemon: failed to reach build target ${target} in Dockerfile`);
  return instructions.slice(0, starts[at + 1]);
}

/** The instructions with `--label` as a last LABEL. */
export function addLabels(instructions: Instruction[], labels: Record<string, string>): Instruction[] {
  const pairs = Object.entries(labels).map(([key, value]) => `${JSON.stringify(key)}=${JSON.stringify(value)}`);
  if (!pairs.length) return instructions;
  const rest = pairs.join(" ");
  return [...instructions, { word: "LABEL", flags: [], rest, line: 0, shown: `LABEL ${rest}` }];
}
