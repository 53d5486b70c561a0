import { setTimeout as sleep } from "node:timers/promises";
import { createCapture, type Piece } from "./capture.ts";
import type { Engine, ExecRequest, RunningExec } from "./engine.ts";
import { EngineError, isEngineError } from "./engine-error.ts";
import { limits } from "./limits.ts";

/** What ended a command before it was done. */
export type StoppedBy = "time" | "output" | "memory" | "disk" | "cancelled";

export interface CommandResult {
  pieces: Piece[];
  /** Null when the command was stopped before it could say. */
  exitCode: number | null;
  stoppedBy?: StoppedBy;
  /** The kernel refused it more processes. */
  processes: boolean;
  /** It ended, but something it started still runs. */
  background: boolean;
  /** Everything in the container was ended to stop it; its files were kept. */
  restarted: boolean;
  milliseconds: number;
}

export interface RunOptions {
  signal?: AbortSignal;
  wall?: number;
  /** Bytes over both streams. */
  most?: number;
  /** Whether the kernel ended something in this container for want of memory since a moment. */
  ranOutOfMemory?(since: number): boolean;
  /** Called while the command runs; true means that the writable layer is over its limit. */
  overDisk?(): Promise<boolean>;
}

const pollEvery = 250;

/** The argv that runs a learner's line in a shell, with a timer of its own in case this program dies in the meantime. */
export function shellCommand(line: string): string[] {
  return [...timer, "sh", "-c", line];
}

/** What a line's timer is called; it goes on for up to a second after the line has ended. */
export const timer: readonly string[] = ["timeout", "-s", "KILL", String(limits.commandSeconds)];

/**
 * Runs one command in a running container and resolves with what it wrote and what ended it. Past the output cap the writer is
 * left blocked, past the wall time nothing is waited for; both end with a restart of the container, the only way to end a whole
 * tree of processes. Throws EngineError when the engine fails.
 */
export async function runCommand(
  engine: Engine,
  container: string,
  request: ExecRequest,
  { signal, wall = limits.commandWall, most = limits.output, ranOutOfMemory, overDisk }: RunOptions = {},
): Promise<CommandResult> {
  const began = performance.now();
  const beganAt = Date.now();
  const stop = Promise.withResolvers<StoppedBy>();
  const capture = createCapture(most, () => {
    running?.output.pause();
    stop.resolve("output");
  });
  let running: RunningExec | undefined;
  const timer = setTimeout(() => stop.resolve("time"), wall);
  const onAbort = () => stop.resolve("cancelled");
  signal?.addEventListener("abort", onAbort, { once: true });
  if (signal?.aborted) onAbort();
  const over = new AbortController();
  try {
    running = await engine.exec.start(container, request, capture.sink);
    const { output } = running;
    if (overDisk) void watchDisk(overDisk, over.signal).then((full) => full && stop.resolve("disk"));
    const ended = await Promise.race([stop.promise, finished(running, over.signal)]);
    if (typeof ended === "string") {
      output.pause();
      if (ended !== "disk") await endTree(engine, container);
      output.detach();
    } else output.detach();
    const milliseconds = performance.now() - began;
    let stoppedBy = typeof ended === "string" ? ended : undefined;
    const exitCode = typeof ended === "string" ? null : ended.exitCode;
    let restarted = stoppedBy !== undefined && stoppedBy !== "disk";
    const timed = request.command[0] === "timeout" && milliseconds >= limits.commandSeconds * 1000 - 50;
    if (exitCode === 137 && timed) {
      await endTree(engine, container);
      restarted = true;
      stoppedBy = "time";
    } else if (exitCode === 137 && (await wasMemory(beganAt, ranOutOfMemory))) stoppedBy = "memory";
    const pieces = capture.pieces();
    return {
      pieces,
      exitCode,
      ...(stoppedBy && { stoppedBy }),
      processes: pieces.some(({ text }) => /can't fork|fork: |Resource temporarily unavailable/.test(text)),
      background: typeof ended !== "string" && ended.background,
      restarted,
      milliseconds,
    };
  } finally {
    clearTimeout(timer);
    over.abort();
    signal?.removeEventListener("abort", onAbort);
  }
}

/** The engine tells of it in a stream of its own, which may be a moment behind. */
async function wasMemory(since: number, ranOutOfMemory: RunOptions["ranOutOfMemory"]): Promise<boolean> {
  for (let tries = 0; ranOutOfMemory && tries < 8; tries++) {
    if (ranOutOfMemory(since)) return true;
    await sleep(25);
  }
  return false;
}

interface Finish {
  exitCode: number | null;
  background: boolean;
}

/** Resolves when the command has ended, even when a child of it holds the stream open. */
async function finished({ output, inspect }: RunningExec, over: AbortSignal): Promise<Finish> {
  let open = true;
  void output.ended.then(() => {
    open = false;
  });
  let after = 0;
  while (!over.aborted) {
    await Promise.race([output.ended, sleep(pollEvery, undefined, { signal: over }).catch(() => {})]);
    if (over.aborted) break;
    // Read before asking: output that is still on its way must not be cut off by an answer that overtook it.
    const wasOpen = open;
    const state = await inspect();
    if (!state.running) {
      if (wasOpen && open && after++ === 0) continue;
      return { exitCode: state.exitCode, background: open };
    }
    if (!open) {
      // The stream may end a moment before the engine has noted the exit, or when the connection breaks.
      if (after++ > 40) throw new EngineError("unreachable", "the output ended before the command");
      await sleep(25, undefined, { signal: over }).catch(() => {});
    }
  }
  return { exitCode: null, background: false };
}

async function watchDisk(overDisk: () => Promise<boolean>, over: AbortSignal): Promise<boolean> {
  while (!over.aborted) {
    await sleep(pollEvery, undefined, { signal: over }).catch(() => {});
    if (!over.aborted && (await overDisk().catch(() => false))) return true;
  }
  return false;
}

/**
 * Ends every process of a container and starts its main process again; the writable layer stays. Not by `restart`: engines from 26 on
 * sometimes unmount the root of a container that they restart under load (https://github.com/moby/moby/issues/43402).
 */
export async function endTree({ containers }: Engine, container: string): Promise<void> {
  const again = async () => {
    await containers.stop(container, 0);
    await containers.start(container);
  };
  try {
    await again();
  } catch (error) {
    if (!isEngineError(error, "failed", "conflict")) throw error;
    // What loses a race with the kernel's own kill can fail half-way; a second time finds it stopped.
    await again();
  }
}
