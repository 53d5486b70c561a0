import type { Experiment } from "../curriculum/schema.ts";
import type { Experiments } from "./experiments.ts";
import type { Performance } from "./play.ts";

/** How a run decided a prediction. */
export interface Outcome {
  /** Whether everything came as the experiment says. */
  held: boolean;
  /** Whether it ran now, and not long ago. */
  live: boolean;
  /** The last command and what it printed, as Markdown. */
  shown?: string;
}

/** Runs an experiment to its end, to decide what people foretold. Rejects when it cannot be run, or was stopped before its end. */
export async function decideByRun(
  experiments: Experiments,
  experiment: Experiment,
  owner: string,
  signal: AbortSignal,
): Promise<Outcome> {
  const { origin, performances } = await experiments.start(experiment, owner, signal);
  let last: Performance | undefined;
  for await (last of performances);
  if (last?.end === "stopped") throw new Error("the run was stopped before it could decide");
  const command = last?.steps.flatMap(({ commands }) => commands).at(-1);
  const output = command?.output.trim().split("\n").slice(-3).join("; ");
  return {
    held: last?.end === "proved",
    live: origin.live,
    ...(command && output && { shown: `\`${oneLine(command.command)}\` printed \`${oneLine(output)}\`` }),
  };
}

function oneLine(said: string): string {
  const line = said.replace(/[`\s]+/g, " ").trim();
  return line.length > 120 ? `${line.slice(0, 119)}…` : line;
}
