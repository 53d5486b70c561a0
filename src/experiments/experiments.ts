import { randomBytes } from "node:crypto";
import { UserError } from "../core/errors.ts";
import type { Log } from "../core/log.ts";
import type { Experiment } from "../curriculum/schema.ts";
import { type Performance, playExperiment } from "./play.ts";
import { readRecording, replay } from "./recording.ts";
import type { Stage, Theatre } from "./stage.ts";
import type { Origin } from "./view.ts";

declare module "../core/context.ts" {
  interface Services {
    experiments: Experiments;
  }
}

/** One run, as a stream of how far it is. */
export interface Run {
  origin: Origin;
  performances: AsyncIterable<Performance>;
}

/** Experiments, live where an engine is reachable, recorded elsewhere. */
export interface Experiments {
  /** A live run, or the recorded one where none is possible now. Throws a UserError when there is neither. */
  start(experiment: Experiment, owner: string, signal: AbortSignal): Promise<Run>;
  /** When and on which engine an experiment was last recorded; undefined without a recording. */
  lastRun(experiment: string): { engine: string; date: string } | undefined;
  /** Stops a live run of that person; false when there is none. */
  stop(run: string, owner: string): boolean;
  /** Stops every live run, because the program ends. */
  stopAll(): void;
}

export interface ExperimentParts {
  /** Absent where no engine can be used. */
  theatre: Theatre | undefined;
  /** Folder of the recordings. */
  recordings: string;
  log: Log;
}

/** Joins the engine and the recordings. */
export function createExperiments({ theatre, recordings, log }: ExperimentParts): Experiments {
  const live = new Map<string, { owner: string; abort: AbortController }>();

  async function startLive(experiment: Experiment, owner: string, signal: AbortSignal, from: Theatre): Promise<Run> {
    const abort = new AbortController();
    const stopped = AbortSignal.any([signal, abort.signal]);
    const stage = await from.open(owner, stopped);
    const run = randomBytes(6).toString("hex");
    live.set(run, { owner, abort });
    return { origin: { live: true, run }, performances: follow(experiment, stage, stopped, run) };
  }

  async function* follow(
    experiment: Experiment,
    stage: Stage,
    signal: AbortSignal,
    run: string,
  ): AsyncIterable<Performance> {
    try {
      for await (const performance of playExperiment(experiment, stage, signal)) {
        if (performance.end === "differed") {
          log.warn("experiment differed", { experiment: experiment.id, difference: firstDifference(performance) });
        }
        yield performance;
      }
    } finally {
      live.delete(run);
    }
  }

  function startRecorded(experiment: Experiment, why = "No engine is running here right now."): Run {
    const recording = readRecording(recordings, experiment.id);
    if (!recording) {
      throw new UserError(
        `I cannot show "${experiment.title}" now, since there is no recording of it either. ${why} The card still explains it.`,
      );
    }
    const { engine, date } = recording;
    return { origin: { live: false, engine, date, why }, performances: once(replay(recording)) };
  }

  return {
    async start(experiment, owner, signal) {
      if (!theatre) return startRecorded(experiment);
      try {
        return await startLive(experiment, owner, signal, theatre);
      } catch (error) {
        // What is said for people: the engine is being checked, away, or off.
        if (error instanceof UserError) return startRecorded(experiment, error.message);
        log.warn("experiment not live", { experiment: experiment.id, error });
        return startRecorded(experiment, "The engine here did not let it run just now.");
      }
    },
    lastRun: (experiment) => readRecording(recordings, experiment),
    stop(run, owner) {
      const running = live.get(run);
      if (running?.owner !== owner) return false;
      running.abort.abort();
      return true;
    },
    stopAll() {
      for (const { abort } of live.values()) abort.abort();
    },
  };
}

async function* once<T>(value: T): AsyncIterable<T> {
  yield value;
}

function firstDifference(performance: Performance): string | undefined {
  return performance.steps.flatMap(({ commands }) => commands).find(({ difference }) => difference)?.difference;
}
