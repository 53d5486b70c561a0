import type { Log } from "../../core/log.ts";
import type { Engine } from "../../engine/engine.ts";
import { isEngineError } from "../../engine/engine-error.ts";
import { type CommandResult, endTree } from "../../engine/run-command.ts";

/** What the runtime says of a container that runs while the engine has unmounted its root: nothing can be started in it any more. */
const words = /fork\/exec \/proc\/self\/fd\/\d+: no such file or directory/;

/** Whether a command was not run because its container has lost its root. */
export function lostItsRoot({ pieces, exitCode }: CommandResult): boolean {
  const said = pieces[0]?.text ?? "";
  return exitCode !== 0 && /^OCI runtime exec failed/.test(said) && words.test(said);
}

/** Runs a command; where the container has lost its root it is stopped and started first, which brings the root back with the files in it. */
export async function withRoot(
  { engine, log }: { engine: Engine; log: Log },
  container: string,
  work: () => Promise<CommandResult>,
): Promise<CommandResult> {
  for (let tries = 0; ; tries++) {
    try {
      const result = await work();
      if (!lostItsRoot(result) || tries >= 2) return result;
    } catch (error) {
      if (!isEngineError(error) || !words.test(error.detail) || tries >= 2) throw error;
    }
    log.warn("a container had lost its root", { container, tries });
    await endTree(engine, container);
  }
}
