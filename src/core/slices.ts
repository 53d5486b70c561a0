import { setImmediate as turn } from "node:timers/promises";

/** Work that takes long for one turn of the event loop; at each `yield` others may come in between. */
export type Sliced<T> = Generator<void, T>;

/** Does the work without a pause, for programs that have nothing else to do. */
export function atOnce<T>(work: Sliced<T>): T {
  for (;;) {
    const step = work.next();
    if (step.done) return step.value;
  }
}

/** Does the work in turns of about `most` ms each, between which everything else goes on. Rejects with what the work throws. */
export async function inSlices<T>(work: Sliced<T>, most = 20): Promise<T> {
  for (;;) {
    const end = performance.now() + most;
    do {
      const step = work.next();
      if (step.done) return step.value;
    } while (performance.now() < end);
    await turn();
  }
}
