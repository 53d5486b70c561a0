import { setTimeout as sleep } from "node:timers/promises";
import type { Person, Place } from "../../core/context.ts";
import { UserError } from "../../core/errors.ts";
import { button, press } from "../../core/reply.ts";
import { isEngineError } from "../../engine/engine-error.ts";
import { limits } from "../../engine/limits.ts";
import { type CommandResult, endTree, runCommand, shellCommand } from "../../engine/run-command.ts";
import { sharedName } from "../guard/host.ts";
import { createLeftRunning } from "../guard/left-running.ts";
import type { Watchdog } from "../guard/watchdog.ts";
import type { Parts } from "../parts.ts";
import type { Asker } from "../room/places.ts";
import type { RunInOptions, RunOptions, RunOutcome } from "../service.ts";
import { carryFiles } from "./carry-files.ts";
import type { Life } from "./life.ts";
import { lostItsRoot, withRoot } from "./lost-root.ts";
import { replace, restartOne } from "./revive.ts";
import type { SandboxRow } from "./rows.ts";

/** Running commands in sandboxes. */
export type Runner = ReturnType<typeof createRunner>;

/** Longer commands than this (ms) may have written much, so the writable layer is measured after them. */
const measureAfter = 150;

/** A command that was refused processes and leaves more than this behind has filled the container up; nothing else would start in it. */
const crowd = 12;

const diskFull = `The writable layer grew past the **disk** limit of ${limits.layer / 1024 / 1024} MB or ${limits.layerFiles} files, so you got a new container of the same image; the files of the old one are gone.`;

const containerGone = "Your sandbox's container was gone, so it is a new one now.";

/** The container had no room left to start even the command: no processes, or no memory. */
function isClogged({ pieces, exitCode }: CommandResult): boolean {
  const said = pieces[0]?.text ?? "";
  if (exitCode === 126 || exitCode === null)
    return (
      /^OCI runtime exec failed/.test(said) && !/executable file not found|permission denied|no such file/.test(said)
    );
  return /^timeout: (v?fork|can't fork)/.test(said);
}

/** What comes of a command that was cancelled while it waited for its turn. */
const neverRun: CommandResult = {
  ...{ pieces: [], exitCode: null, stoppedBy: "cancelled", milliseconds: 0 },
  ...{ processes: false, background: false, restarted: false },
};

/** See {@link Runner}. */
export function createRunner(parts: Parts, life: Life, watchdog: Watchdog) {
  const { engine, host, places } = parts;
  const leavesBehind = createLeftRunning(engine, parts.settings.runtime);
  const tails = new Map<string, { last: Promise<unknown>; waiting: number }>();

  /** One at a time per learner; a second one waits, a third is refused. */
  async function exclusively<T>(learner: string, work: () => Promise<T>): Promise<T> {
    const tail = tails.get(learner) ?? { last: Promise.resolve(), waiting: 0 };
    if (tail.waiting >= 2)
      throw new UserError("Your last commands are still running. One runs at a time; please wait for them.");
    tail.waiting++;
    tails.set(learner, tail);
    const mine = tail.last.then(work, work);
    tail.last = mine.catch(() => {});
    try {
      return await mine;
    } finally {
      if (--tail.waiting === 0) tails.delete(learner);
    }
  }

  async function runIn(
    container: string,
    command: readonly string[],
    options: RunInOptions = {},
  ): Promise<CommandResult> {
    const { signal, onWait, asker = { person: container, workspace: "" }, ...request } = options;
    const work = async (offend: () => void): Promise<CommandResult> => {
      const limited = {
        ...(signal && { signal }),
        ranOutOfMemory: (since: number) => host.ranOutOfMemory(container, since),
        ...(host.quota() === "watchdog" && { overDisk: () => watchdog.isOver(container) }),
      };
      const result = await withRoot(parts, container, () =>
        runCommand(engine, container, { command, ...request }, limited),
      );
      if (result.processes || (result.stoppedBy && !["time", "cancelled"].includes(result.stoppedBy))) offend();
      return result;
    };
    try {
      return await places.run(asker, work, { signal, onWait });
    } catch (error) {
      if (signal?.aborted && error === signal.reason) return neverRun;
      throw error;
    }
  }

  async function ensure(
    person: Person,
    place: Place,
    signal?: AbortSignal,
  ): Promise<{ row: SandboxRow; started: boolean }> {
    const found = await life.find(person.id);
    if (found?.state === "ready") return { row: found, started: false };
    for await (const news of life.start(person, place, sharedName, signal)) {
      if (news.state !== "queued") continue;
      throw new UserError("Every sandbox is in use. `sandbox start` puts you in line for the next one.", [
        button("Wait in line", press("sandbox start"), "primary"),
      ]);
    }
    const row = await life.find(person.id);
    if (row?.state !== "ready") throw new UserError("Your sandbox was stopped just now. Please try again.");
    return { row, started: true };
  }

  /** A container whose root stays lost: a new one, with what was changed in the old. */
  async function moveOut(row: SandboxRow): Promise<SandboxRow> {
    return replace(parts, row, async (fresh) => {
      const id = row.container ?? "";
      await engine.containers.stop(id, 0);
      const said = "Docker could not run anything in your sandbox's container any more, so it is a new one now.";
      return (await carryFiles(engine, id, fresh))
        ? `${said} What you had changed was copied into it.`
        : `${said} Your files in the old one are lost.`;
    });
  }

  /** Runs in the sandbox's container, bringing it back first when it had stopped or is gone. */
  async function attempt(row: SandboxRow, line: string, asker: Asker, options: RunOptions) {
    let current = row;
    for (let tries = 0; ; tries++) {
      try {
        const command = shellCommand(line);
        const result = await runIn(current.container ?? "", command, { asker, ...options });
        if (lostItsRoot(result) && tries < 2) {
          current = await moveOut(current);
          continue;
        }
        if (!isClogged(result) || tries >= 2) return { row: current, result };
        // Where layers live in memory, a restart would forget what they take without freeing it.
        if (await watchdog.isOver(current.container ?? "")) current = await replace(parts, current, diskFull);
        else await endTree(engine, current.container ?? "");
      } catch (error) {
        if (tries >= 3) throw error;
        if (isEngineError(error, "not-running", "conflict")) current = await restartOne(parts, current);
        else if (isEngineError(error, "not-found")) current = await replace(parts, current, containerGone);
        else if (isEngineError(error, "failed")) {
          // An engine that has just come up refuses some things for a moment, and some containers until they are started afresh.
          parts.log.warn("a command could not be run", { tries, detail: error.detail });
          if (tries === 0) await sleep(500);
          else await endTree(engine, current.container ?? "");
        } else throw error;
      }
    }
  }

  /** What a command may have left behind: a full disk, a dead main process, memory that nobody can free. */
  async function lookAfter(row: SandboxRow, result: CommandResult): Promise<SandboxRow> {
    try {
      return await cleanUp(row, result);
    } catch (error) {
      // The kernel may end the main process between any two looks.
      if (isEngineError(error, "not-running", "conflict")) return restartOne(parts, row);
      const lost = isEngineError(error, "not-found") && (await life.find(row.learner))?.container === row.container;
      if (lost) return replace(parts, row, containerGone);
      throw error;
    }
  }

  async function cleanUp(row: SandboxRow, result: CommandResult): Promise<SandboxRow> {
    const id = row.container ?? "";
    const long = result.milliseconds > measureAfter;
    if (
      result.stoppedBy === "disk" ||
      (long && (await watchdog.isOver(id))) ||
      (long && (await watchdog.hasTooManyFiles(id)))
    )
      return replace(parts, row, diskFull);
    // Engines from 26 on end the output with the command, so whether something was left behind is only seen in the container.
    // Within gVisor the timer of `timeout` itself is seen for another second, so there only the watchdog looks, which looks again.
    const inGvisor = parts.settings.runtime === "runsc";
    const left = result.restarted || inGvisor ? "nothing" : await leavesBehind(id);
    result.background ||= left === "programs";
    if (result.background || left === "timers" || inGvisor) watchdog.watch(id, row.learner);
    if (result.processes && !result.restarted && (await engine.containers.top(id)).rows.length > crowd) {
      await endTree(engine, id);
      result.restarted = true;
    }
    if (result.exitCode !== 137 && result.exitCode !== null) return row;
    const { state } = await engine.containers.inspect(id);
    if (!state.running) {
      return restartOne(parts, row);
    }
    // When the memory is full to the brim, for example with shared memory, not even `true` starts.
    if (result.stoppedBy !== "memory") return row;
    const probe = await runCommand(engine, id, { command: ["true"] }, { wall: 5000 });
    if (probe.exitCode !== 0) await endTree(engine, id);
    return row;
  }

  /** What fails because the sandbox was ended meanwhile is told as that. */
  async function unlessStopped<T>(learner: string, work: () => Promise<T>): Promise<T> {
    try {
      return await work();
    } catch (error) {
      const past = await parts.store.read
        .selectFrom("sandbox_past")
        .select("why")
        .where("learner", "=", learner)
        .executeTakeFirst();
      if (!past || (await life.find(learner))) throw error;
      throw new UserError(`Your sandbox was removed in the middle of this, because ${past.why}.`, [
        button("Start a sandbox", press("sandbox start")),
      ]);
    }
  }

  return {
    exclusively,
    runIn,

    async run(person: Person, place: Place, line: string, options: RunOptions = {}): Promise<RunOutcome> {
      if (line.includes("\0")) throw new UserError("A command cannot hold a NUL byte; leave it out and try again.");
      const asker = { person: person.id, workspace: `${place.platform}:${place.workspace}` };
      return exclusively(person.id, async () => {
        const { row, started } = await ensure(person, place, options.signal);
        const { done, after } = await unlessStopped(person.id, async () => {
          const [, done] = await Promise.all([
            started ? row : life.touch(row, place),
            attempt(row, line, asker, options),
          ]);
          return { done, after: await lookAfter(done.row, done.result) };
        });
        const notice = await life.takeNotice(after);
        return {
          view: life.viewOf({ ...after, used_at: parts.now() }),
          result: done.result,
          started,
          ...(notice && { notice }),
        };
      });
    },
  };
}
