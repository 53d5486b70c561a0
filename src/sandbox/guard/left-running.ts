import type { Engine } from "../../engine/engine.ts";
import { idleProcesses } from "../../engine/policy.ts";
import { runCommand, timer } from "../../engine/run-command.ts";

/** What runs in a sandbox beside its main process: nothing, timers of lines that have ended, or programs. */
export type LeftRunning = (container: string) => Promise<"nothing" | "timers" | "programs">;

/**
 * Counts by the control group and, where that is more, by the list of processes: what is just ending is still counted. Throws EngineError.
 * A program may call itself a timer, so timers are watched like programs; they are only not told.
 */
export function createLeftRunning(engine: Engine, runtime: string | undefined): LeftRunning {
  // A control group counts gVisor's own threads, and the host's `ps` does not see into it, so somebody inside has to look.
  if (runtime === "runsc")
    return async (id) => {
      const { pieces, exitCode } = await runCommand(engine, id, { command: ["sh", "-c", "echo /proc/[0-9]*"] });
      const seen = pieces.map(({ text }) => text).join("");
      return exitCode !== 0 || seen.trim().split(/\s+/).length > idleProcesses + 1 ? "programs" : "nothing";
    };
  return async (id) => {
    if ((await engine.containers.processes(id)) <= idleProcesses) return "nothing";
    const { rows } = await engine.containers.top(id);
    if (rows.length <= idleProcesses) return "nothing";
    const programs = rows.filter((row) => !row.at(-1)?.startsWith(timer.join(" ")));
    return programs.length > idleProcesses ? "programs" : "timers";
  };
}
