import type { Log } from "../../core/log.ts";
import type { Engine, Output } from "../../engine/engine.ts";
import { isEngineError } from "../../engine/engine-error.ts";
import { limits } from "../../engine/limits.ts";
import { labelPrefix } from "../../engine/policy.ts";

/** Counts what main processes write: the engine itself does the writing down, line by line, and a flood of empty lines fills a whole processor with it. */
export interface Meter {
  /** Counts a running container's output until it ends; what is over the limit is killed. */
  watch(container: string, owner: string): void;
  close(): void;
}

/** What handling one line, and one write, costs the engine beside its bytes. */
const perLine = 16;
const perWrite = 32;
const newline = 10;

/** Calls `onFlood` with a container that was killed for its output, and its name on the engine. */
export function createMeter(
  engine: Engine,
  log: Log,
  onFlood: (container: { id: string; name: string; owner: string }) => void,
  now: () => number = () => performance.now(),
): Meter {
  const watched = new Map<string, Output | undefined>();

  async function count(id: string, owner: string): Promise<void> {
    const { name, labels, state } = await engine.containers.inspect(id);
    // The main process of a sandbox has let go of its output.
    if (labels[`${labelPrefix}purpose`] === "pool" || !state.running) return;
    const flooded = Promise.withResolvers<"flood">();
    const budget = createBudget(now);
    const output = await engine.containers.attach(id, (_, bytes) => {
      if (budget.isOver(costOf(bytes))) flooded.resolve("flood");
    });
    if (!watched.has(id)) return output.detach();
    watched.set(id, output);
    const end = await Promise.race([flooded.promise, output.ended]);
    output.detach();
    if (end !== "flood") return;
    await engine.containers.kill(id);
    log.info("a container was ended for its output", { container: id });
    onFlood({ id, name, owner });
  }

  return {
    watch(id, owner) {
      if (watched.has(id)) return;
      watched.set(id, undefined);
      count(id, owner)
        .catch((error) => {
          if (!isEngineError(error, "not-found", "not-running", "conflict"))
            log.warn("the output of a container could not be counted", { error });
        })
        .finally(() => watched.delete(id));
    },
    close() {
      for (const output of watched.values()) output?.detach();
      watched.clear();
    },
  };
}

function costOf(bytes: Uint8Array): number {
  let cost = bytes.length + perWrite;
  for (let at = bytes.indexOf(newline); at >= 0; at = bytes.indexOf(newline, at + 1)) cost += perLine;
  return cost;
}

/** Fills up again at a steady rate. */
function createBudget(now: () => number): { isOver(cost: number): boolean } {
  let left: number = limits.mainOutput;
  let at = now();
  return {
    isOver(cost) {
      const time = now();
      left = Math.min(limits.mainOutput, left + ((time - at) / 1000) * limits.mainOutputRate) - cost;
      at = time;
      return left < 0;
    },
  };
}
