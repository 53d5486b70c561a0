import type { Place } from "../../core/context.ts";
import type { Log } from "../../core/log.ts";
import { within } from "../../core/within.ts";
import type { QuizParts } from "../parts.ts";
import type { Decision } from "../round/round-state.ts";

/** How long (ms) one learner waits for a live run before the recorded one decides. */
const patience = 12_000;

const recorded: Decision = { held: true, live: false };

/** Decides a prediction by a live run where one is possible in time, else by the recorded one. Never rejects. */
export async function decideSolo(
  experiment: string,
  place: Place,
  { experimentOutcome: live, log }: Pick<QuizParts, "experimentOutcome"> & { log: Log },
): Promise<Decision> {
  if (!live) return recorded;
  const run = live(experiment, place).catch((error: unknown) => {
    log.warn("an experiment could not decide a prediction", { experiment, error });
    return recorded;
  });
  return within(run, patience, recorded);
}
