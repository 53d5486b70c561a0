import { findContainer, forEachName, refuseMain } from "./each.ts";
import type { Session } from "./session.ts";

/** Freezes or thaws each container and prints its name. Resolves with the exit code. */
export async function pauseEach(typed: readonly string[], session: Session, freeze: boolean): Promise<number> {
  const { exitCode } = await forEachName(session, typed, async (name) => {
    const found = await findContainer(session, name);
    refuseMain(found, freeze ? "pause" : "unpause");
    await (freeze ? session.engine.containers.pause(found.id) : session.engine.containers.unpause(found.id));
    return name;
  });
  return exitCode;
}
