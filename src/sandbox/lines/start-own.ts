import { EngineError, isEngineError } from "../engine-error.ts";
import { engineText } from "./each.ts";
import { daemonError } from "./line-error.ts";
import type { Session } from "./session.ts";

/** Starts a container; with `remove` it goes as soon as its program ends. Throws {@link CliError} in the engine's words. */
export async function startOwn(session: Session, id: string, remove: boolean): Promise<void> {
  try {
    await session.engine.containers.start(id);
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
  try {
    await session.engine.containers.remove(id, { force: true });
  } catch (error) {
    if (!isEngineError(error, "not-found", "conflict")) throw error;
  }
}
