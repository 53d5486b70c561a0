import { setTimeout as sleep } from "node:timers/promises";
import type { Engine } from "../../engine/engine.ts";
import { isEngineError } from "../../engine/engine-error.ts";

const attempts = 5;

/**
 * Removes a container whatever it does; fine when it is gone already, or being removed by somebody else. A busy engine may fail to kill it the
 * first time, so it is asked again. Throws EngineError when it is still there after that.
 */
export async function removeSurely({ containers }: Engine, id: string): Promise<void> {
  for (let attempt = 1; ; attempt++) {
    try {
      return await containers.remove(id, { force: true });
    } catch (error) {
      if (isEngineError(error, "not-found")) return;
      if (!isEngineError(error, "conflict", "failed")) throw error;
      if (attempt === attempts) {
        if (error.kind === "conflict") return;
        throw error;
      }
      await sleep(100 * attempt);
    }
  }
}
