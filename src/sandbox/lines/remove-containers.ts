import { setTimeout as sleep } from "node:timers/promises";
import type { Engine } from "../engine.ts";
import { isEngineError } from "../engine-error.ts";

const attempts = 5;

/**
 * Removes every container that carries the labels, running or not.
 * A busy engine can fail to kill a container the first time ("tried to kill container, but did not receive an exit event"), so it is asked again;
 * throws EngineError when some are still there after that.
 */
export async function removeContainers(engine: Engine, labels: string[]): Promise<void> {
  for (let attempt = 1; ; attempt++) {
    const containers = await engine.containers.list({ labels });
    const failures = await Promise.all(
      containers.map(({ id }) =>
        engine.containers.remove(id, { force: true }).then(
          () => undefined,
          (error: unknown) => (isEngineError(error, "not-found") ? undefined : error),
        ),
      ),
    );
    const failure = failures.find((one) => one !== undefined);
    if (failure === undefined) return;
    if (attempt === attempts || !isEngineError(failure, "conflict", "failed")) throw failure;
    await sleep(100 * attempt);
  }
}
