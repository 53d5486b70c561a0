import { UserError } from "../core/errors.ts";
import type { Block } from "../core/reply.ts";
import { compareOutput } from "../curriculum/compare-output.ts";
import type { Bindings } from "../curriculum/match-line.ts";
import type { Experiment } from "../curriculum/schema.ts";
import { fillPlaceholders } from "../curriculum/transcript.ts";
import type { Stage } from "./stage.ts";

/** One typed command and what came back; `difference` says how that is not what the experiment expects. */
export interface PlayedCommand {
  command: string;
  output: string;
  difference?: string;
}

export interface PlayedStep {
  state: "waiting" | "running" | "done" | "failed";
  commands: PlayedCommand[];
}

/** How far a run is; one entry for each step of the experiment. */
export interface Performance {
  steps: PlayedStep[];
  /** How it ended; absent while it runs. */
  end?: "proved" | "differed" | "stopped";
  /** The containers at the end of a proof, before they were removed. */
  picture?: Block[];
}

/**
 * Plays an experiment on a stage and yields after every change. A command whose output is not as expected ends the run as `differed`.
 * The stage is always cleared before the last yield, also when `signal` stops the run or the reader goes away.
 */
export async function* playExperiment(
  experiment: Experiment,
  stage: Stage,
  signal: AbortSignal,
): AsyncGenerator<Performance> {
  const steps: PlayedStep[] = experiment.steps.map(() => ({ state: "waiting", commands: [] }));
  const bindings: Bindings = new Map();
  let end: Performance["end"] = "proved";
  let picture: Block[] | undefined;
  try {
    for (const [index, step] of experiment.steps.entries()) {
      const played = steps[index];
      if (!played || end !== "proved") break;
      played.state = "running";
      yield snapshot(steps);
      for (const { command, expected } of step.console) {
        signal.throwIfAborted();
        const line = fillPlaceholders(command, bindings);
        const { output } = await stage.run(line, signal);
        signal.throwIfAborted();
        const difference = compareOutput(expected, output, bindings);
        played.commands.push({ command: line, output, ...(difference !== null && { difference }) });
        if (difference === null) continue;
        end = "differed";
        break;
      }
      played.state = end === "proved" ? "done" : "failed";
      yield snapshot(steps);
    }
    if (end === "proved") picture = await stage.draw?.();
  } catch (error) {
    if (!signal.aborted) throw error;
    end = "stopped";
    for (const step of steps) if (step.state === "running") step.state = "failed";
  } finally {
    await stage.clear();
  }
  yield { ...snapshot(steps), end, ...(picture?.length && { picture }) };
}

function snapshot(steps: PlayedStep[]): Performance {
  return { steps: steps.map((step) => ({ state: step.state, commands: [...step.commands] })) };
}

/** Throws a UserError when a run did not prove what it should; for recordings and tests. */
export function requireProof(experiment: Experiment, performance: Performance | undefined): Performance {
  const difference = performance?.steps.flatMap(({ commands }) => commands).find((command) => command.difference);
  if (performance?.end === "proved") return performance;
  throw new UserError(
    `The experiment "${experiment.title}" did not show what it should. ${difference ? `\`${difference.command}\`: ${difference.difference}` : ""}`,
  );
}
