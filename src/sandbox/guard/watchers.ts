import { limits } from "../../engine/limits.ts";
import type { Life } from "../life/life.ts";
import { replace } from "../life/revive.ts";
import type { Parts } from "../parts.ts";
import { createLeftRunning } from "./left-running.ts";
import { createMeter } from "./meter.ts";
import { createWatchdog, type Watchdog } from "./watchdog.ts";

/** Those who look at containers while their programs run, and what they do about what they see. */
export interface Watchers {
  watchdog: Watchdog;
  /** Keeps an eye on a container's writable layer and its output while it runs. */
  watch(container: string, owner: string): void;
  close(): void;
}

const kilobyte = 1024;

/** See {@link Watchers}. */
export function createWatchers(parts: Parts, life: Life): Watchers {
  const { engine, log, pool, places, news } = parts;
  const allowed = `${limits.layer / kilobyte / kilobyte} MB or ${limits.layerFiles} files`;
  const watchdog = createWatchdog(engine, log, onFull, createLeftRunning(engine, parts.settings.runtime));
  const meter = createMeter(engine, log, ({ name, owner }) => {
    places.offend(owner);
    news.add(
      owner,
      `\`${name}\` was ended (exit status 137): its program wrote faster than the engine can keep up with. It may write ${limits.mainOutput / kilobyte / kilobyte} MB at once, and ${limits.mainOutputRate / kilobyte} kB a second after that.`,
    );
  });

  async function onFull(container: string, owner: string): Promise<void> {
    const row = await life.find(owner);
    places.offend(owner);
    if (row?.container === container)
      await replace(
        parts,
        row,
        `A program in the background filled the **disk** past ${allowed}, so you got a new container of the same image; the old one's files are gone.`,
      );
    else {
      const { name } = await engine.containers.inspect(container);
      await pool.remove(container);
      news.add(owner, `\`${name}\` was removed: it had filled the **disk** past ${allowed}.`);
    }
    log.info("a container over its disk limit was removed", { container });
  }

  return {
    watchdog,
    watch(container, owner) {
      watchdog.watch(container, owner);
      meter.watch(container, owner);
    },
    close() {
      watchdog.close();
      meter.close();
    },
  };
}
