import type { Log } from "../../core/log.ts";
import type { Engine } from "../../engine/engine.ts";
import { isEngineError } from "../../engine/engine-error.ts";
import { shellCommand } from "../../engine/run-command.ts";
import { type Trial, trialSpec } from "./trial.ts";

/**
 * Gets an image that the host allows besides the shared one, by its digest, and tries whether a sandbox can be made of it. Resolves with its id,
 * or with undefined when it cannot be used, which the log explains. Throws EngineError when the engine is gone.
 */
export async function bringImage(
  engine: Engine,
  {
    name,
    reference,
    instance,
    process,
    log,
    onFetch,
  }: {
    name: string;
    reference: string;
    instance: string;
    process?: string;
    log: Log;
    onFetch(): void;
  },
): Promise<string | undefined> {
  try {
    const found = await engine.images.inspect(reference).catch((error: unknown) => {
      if (!isEngineError(error, "not-found")) throw error;
    });
    if (!found) {
      onFetch();
      await engine.images.pull(reference);
    }
    const { id, raw } = found ?? (await engine.images.inspect(reference));
    const lack = volumesOf(raw).length
      ? "it keeps files in volumes, which no limit holds"
      : await tryIt(engine, { image: id, instance, process });
    if (lack === undefined) return id;
    log.warn("an allowed image cannot be used", { name, why: lack });
  } catch (error) {
    if (isEngineError(error, "unreachable")) throw error;
    log.warn("an allowed image cannot be had", { name, error });
  }
  return undefined;
}

function volumesOf({ Config }: Record<string, unknown>): string[] {
  return Object.keys((Config as { Volumes?: Record<string, unknown> | null } | null)?.Volumes ?? {});
}

/** Runs in it what every command of a learner needs. */
async function tryIt({ containers }: Engine, trial: Trial): Promise<string | undefined> {
  const command = shellCommand("sleep 0");
  const id = await containers.create({ ...trialSpec("try", trial), command, entrypoint: [""] });
  try {
    await containers.start(id);
    const { code } = await containers.wait(id);
    return code === 0 ? undefined : "it has no sh, sleep or timeout that work here";
  } catch (error) {
    if (!isEngineError(error, "no-program", "refused", "failed")) throw error;
    return "it has no sh, sleep or timeout";
  } finally {
    await containers.remove(id, { force: true }).catch(() => {});
  }
}
