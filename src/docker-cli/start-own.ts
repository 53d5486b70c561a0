import { daemonError } from "../engine/cli-error.ts";
import type { EngineJson } from "../engine/engine.ts";
import { EngineError } from "../engine/engine-error.ts";
import { limits } from "../engine/limits.ts";
import { removeSurely } from "../sandbox/guard/remove-surely.ts";
import { refuseLinkedWorkdir } from "./check-workdir.ts";
import { engineText } from "./each.ts";
import { humanSize } from "./human.ts";
import { LineRefusal } from "./line-refusal.ts";
import type { Session } from "./session.ts";

/** Starts a container; with `remove` it goes as soon as its program ends. Throws {@link CliError} in the engine's words. */
export async function startOwn(session: Session, id: string, remove: boolean): Promise<void> {
  try {
    await session.engine.containers.start(id);
    session.host.watch(id, session.owner);
  } catch (error) {
    if (remove) await dropContainer(session, id);
    if (error instanceof EngineError && error.kind !== "unreachable") throw daemonError(engineText(session, error));
    throw error;
  }
  if (remove) void removeWhenEnded(session, id);
}

/** Removes a container once its program has ended. Never rejects: what is missed here goes when somebody lists containers. */
export async function removeWhenEnded(session: Session, id: string): Promise<void> {
  try {
    await session.engine.containers.wait(id);
    await dropContainer(session, id);
  } catch {}
}

/** Removes a container that may be gone already. */
export async function dropContainer(session: Session, id: string): Promise<void> {
  await removeSurely(session.engine, id);
}

/** Throws {@link LineRefusal} when a container that was stopped has written more than it may: nobody watches it while it stands still. */
export async function checkLayer(session: Session, { id, shown }: { id: string; shown: string }): Promise<EngineJson> {
  const { sizeRw = 0, raw } = await session.engine.containers.inspect(id, { size: true });
  if (sizeRw > limits.layer)
    throw new LineRefusal(
      `\`${shown}\` has written ${humanSize(sizeRw)}, past the ${humanSize(limits.layer)} of a writable layer here, so it is not started again. \`docker rm ${shown}\` removes it.`,
      "writable-layer",
    );
  return raw;
}

/** The same, and when it has made a link out of its working folder: its program runs and may have changed that since it was made. */
export async function checkStart(session: Session, found: { id: string; shown: string }): Promise<void> {
  const { WorkingDir = "" } = ((await checkLayer(session, found)).Config ?? {}) as { WorkingDir?: string };
  await refuseLinkedWorkdir(session, found.id, WorkingDir);
}
