import type { Engine } from "../../engine/engine.ts";
import { idleProcesses } from "../../engine/policy.ts";
import { runCommand } from "../../engine/run-command.ts";

/** Whether more runs in a sandbox than its main process. Throws EngineError. */
export type LeftRunning = (container: string) => Promise<boolean>;

/** Counts by the control group and, where that is more, by the list of processes: what is just ending is still counted. */
export function createLeftRunning(engine: Engine, runtime: string | undefined): LeftRunning {
  // A control group counts gVisor's own threads, and the host's `ps` does not see into it, so somebody inside has to look.
  if (runtime === "runsc")
    return async (id) => {
      const { pieces, exitCode } = await runCommand(engine, id, { command: ["sh", "-c", "echo /proc/[0-9]*"] });
      const seen = pieces.map(({ text }) => text).join("");
      return exitCode !== 0 || seen.trim().split(/\s+/).length > idleProcesses + 1;
    };
  return async (id) => {
    if ((await engine.containers.processes(id)) <= idleProcesses) return false;
    return (await engine.containers.top(id)).rows.length > idleProcesses;
  };
}
