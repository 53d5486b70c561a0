import type { Place } from "../core/context.ts";
import type { Log } from "../core/log.ts";
import type { Library } from "../curriculum/library.ts";
import type { Outbox } from "../store/outbox.ts";
import type { Store } from "../store/store.ts";
import type { Timers } from "../store/timers.ts";
import type { Decision } from "./round/round-state.ts";
import type { Timing } from "./round/timing.ts";

/** What the quiz is built from. */
export interface QuizParts {
  store: Store;
  timers: Timers;
  outbox: Outbox;
  curriculum: Pick<Library, "current">;
  log: Log;
  timing: Timing;
  /** New ids and seeds: short, lower-case, unguessable. */
  newId(): string;
  /** Whether `show` can run experiments, so that controls for it make sense. */
  canShow(): boolean;
  /**
   * Decides a prediction by a live run in front of the people at `place`. Without it, and when it rejects or takes too long,
   * the recorded run decides.
   */
  experimentOutcome?(experiment: string, place: Place): Promise<Decision>;
}
