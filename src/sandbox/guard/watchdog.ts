import type { Log } from "../../core/log.ts";
import type { ContainerDetails, Engine } from "../../engine/engine.ts";
import { isEngineError } from "../../engine/engine-error.ts";
import { limits } from "../../engine/limits.ts";
import { labelPrefix } from "../../engine/policy.ts";
import { createLeftRunning, type LeftRunning } from "./left-running.ts";

/** Watches writable layers where the engine has no quota, and the number of files, for which no engine has one. */
export interface Watchdog {
  /** Whether a container's writable layer is over its limit. False when it cannot be told. */
  isOver(container: string): Promise<boolean>;
  /** Whether a container has changed more files than allowed, or so many that counting takes too long. */
  hasTooManyFiles(container: string): Promise<boolean>;
  /** Looks at a container again and again until it is gone. */
  watch(container: string, owner: string): void;
  close(): void;
}

/** Between two looks (ms), and how often files are counted: that is slow where there are many. */
const every = 500;
const countEvery = 10;
const countTime = 5000;

/** Calls `onFull` with a watched container that went over its limit; it is not watched any more then. */
export function createWatchdog(
  engine: Engine,
  log: Log,
  onFull: (container: string, owner: string) => Promise<void>,
  leftRunning: LeftRunning = createLeftRunning(engine, undefined),
): Watchdog {
  const watched = new Map<string, string>();
  let timer: NodeJS.Timeout | undefined;
  let closed = false;
  let round = 0;

  async function isOver(container: string): Promise<boolean> {
    const [found] = await engine.containers.list({ ids: [container], size: true });
    return (found?.sizeRw ?? 0) > limits.layer;
  }

  async function hasTooManyFiles(container: string): Promise<boolean> {
    const late = Promise.withResolvers<true>();
    const alarm = setTimeout(() => late.resolve(true), countTime);
    try {
      const many = engine.containers.changes(container).then(({ length }) => length > limits.layerFiles);
      return await Promise.race([many, late.promise]);
    } catch (error) {
      if (isEngineError(error, "not-found")) return false;
      if (isEngineError(error, "too-large")) return true;
      throw error;
    } finally {
      clearTimeout(alarm);
    }
  }

  /** In a sandbox where only its own main process is left nobody writes until the next command. */
  async function isIdle({ id, labels }: ContainerDetails): Promise<boolean> {
    if (labels[`${labelPrefix}purpose`] !== "pool") return false;
    return (await leftRunning(id)) === "nothing";
  }

  async function look(): Promise<void> {
    round++;
    for (const [container, owner] of watched) {
      try {
        const details = await engine.containers.inspect(container);
        if (!details.state.running || (await isIdle(details))) {
          watched.delete(container);
          continue;
        }
        const over = (await isOver(container)) || (round % countEvery === 0 && (await hasTooManyFiles(container)));
        if (!over) continue;
        watched.delete(container);
        await onFull(container, owner);
      } catch (error) {
        if (isEngineError(error, "not-found")) watched.delete(container);
        else log.warn("a sandbox could not be measured", { error });
      }
    }
  }

  function next(): void {
    if (closed || timer || watched.size === 0) return;
    timer = setTimeout(() => {
      look()
        .catch((error) => log.warn("the watchdog failed", { error }))
        .finally(() => {
          timer = undefined;
          next();
        });
    }, every);
  }

  return {
    isOver,
    hasTooManyFiles,
    watch(container, owner) {
      watched.set(container, owner);
      next();
    },
    close() {
      closed = true;
      clearTimeout(timer);
      watched.clear();
    },
  };
}
