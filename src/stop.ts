import type { Log } from "./core/log.ts";
import { within } from "./core/within.ts";

/** How long (ms) after being asked to stop the process ends whatever hangs: service managers kill soon after. */
const endsWithin = 13_000;
/** The wish to stop, whoever has it. */
export interface Stop {
  /** Aborted once, at the first wish. */
  signal: AbortSignal;
  /** Asks for the stop and starts the clock: the process ends in time even if a part hangs. */
  ask(): void;
}

/** Listens for the signals that end a program: a second Ctrl-C ends it at once. `end` ends the process. */
export function listenForStop(log: Log, end: (code: number) => void = (code) => process.exit(code)): Stop {
  const stopped = new AbortController();
  const ask = () => {
    if (stopped.signal.aborted) return;
    stopped.abort();
    setTimeout(() => {
      log.error("did not stop in time; what hangs was cut off");
      end(1);
    }, endsWithin).unref();
  };
  // A closed terminal window says SIGHUP, a service manager SIGTERM.
  for (const name of ["SIGTERM", "SIGHUP"] as const) process.on(name, ask);
  process.on("SIGINT", () => (stopped.signal.aborted ? end(130) : ask()));
  return { signal: stopped.signal, ask };
}

/** A part that holds something: its name for the log, how it lets go, and how long (ms) that may take. */
export type Closing = readonly [name: string, close: () => Promise<unknown> | unknown, ms?: number];

/** Closes parts one after the other. One that fails or takes too long is logged, and the next has its turn: nothing waits for ever. */
export async function closeInTurn(parts: readonly Closing[], log: Log): Promise<void> {
  const late = Symbol("late");
  for (const [part, close, ms = 3_000] of parts) {
    try {
      const closed: unknown = await within<unknown>(Promise.resolve(close()), ms, late);
      if (closed === late) log.warn("did not close in time", { part });
    } catch (error) {
      log.error("did not close", { part, error });
    }
  }
}
