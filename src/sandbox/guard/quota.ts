import { statfs } from "node:fs/promises";
import type { Engine, EngineInfo } from "../../engine/engine.ts";
import { isEngineError } from "../../engine/engine-error.ts";
import { limits } from "../../engine/limits.ts";
import { type HostPolicy, idleCommand } from "../../engine/policy.ts";
import { runTrial } from "./gate.ts";
import { removeSurely } from "./remove-surely.ts";
import { type Trial, trialSpec } from "./trial.ts";

/** What holds the writable layer to its limit: the engine itself, the memory limit (layers live in memory), or our watchdog. */
export type Quota = "engine" | "memory" | "watchdog";

/** https://man7.org/linux/man-pages/man2/statfs.2.html */
const tmpfs = 0x01021994;

const MB = 1024 * 1024;
/** Below the largest file of a sandbox. */
const fileSize = 12 * MB;

/** How the quota is told to people. */
export const quotaWords: Record<Quota, string> = {
  engine: "held by the engine's own disk quota",
  memory: "held by the memory limit, since this engine keeps layers in memory",
  watchdog: "watched: this engine has no disk quota, so a container that grows past it is stopped a moment later",
};

/** Applies a policy to the containers made from now on. */
export type SetPolicy = (policy: HostPolicy) => void;

/** What the probe found out. */
export interface Probed {
  quota: Quota;
  policy: HostPolicy;
  /** The engine takes a disk quota and does not apply it, as Docker with the containerd image store does. */
  ignored: boolean;
}

/**
 * Tries what this engine offers, best first, by really writing in a test container: engines take a quota and ignore it. Resolves with what held and the
 * policy that uses it, which has been applied.
 */
export async function probeQuota(
  engine: Engine,
  setPolicy: SetPolicy,
  info: EngineInfo,
  { runtime, ...trial }: Trial & { runtime?: string | undefined },
): Promise<Probed> {
  const plain: HostPolicy = { memory: limits.memory, seccomp: true, ...(runtime && { runtime }) };
  const withQuota = { ...plain, layerQuota: `${limits.layer / MB}m` };
  setPolicy(withQuota);
  const taken = await refuses(engine, trial, limits.layer, saysFull);
  if (taken) return { quota: "engine", policy: withQuota, ignored: false };
  const ignored = taken === false;
  if (engine.host.startsWith("unix://") && (await isTmpfs(info.dataRoot))) {
    const inMemory = { ...plain, memory: limits.memoryOnTmpfs };
    setPolicy(inMemory);
    if (await refuses(engine, trial, inMemory.memory, isKilled)) return { quota: "memory", policy: inMemory, ignored };
  }
  setPolicy(plain);
  return { quota: "watchdog", policy: plain, ignored };
}

interface Written {
  said: string;
  exitCode: number | null;
  /** Bytes that are there afterwards. */
  size: number;
}

/** The file system itself said no, at the limit; a full disk of the host says the same, but at another size. */
const saysFull = ({ said, size }: Written) =>
  /No space left on device|quota exceeded/i.test(said) && size > limits.layer / 2 && size <= limits.layer + MB;
const isKilled = ({ exitCode, said }: Written) => exitCode !== 0 && !/No space left/.test(said);

/** Whether a test container is held when it writes half as much again as `limit` (bytes); undefined where the engine does not even make it. */
async function refuses(
  engine: Engine,
  trial: Trial,
  limit: number,
  held: (written: Written) => boolean,
): Promise<boolean | undefined> {
  let id: string;
  try {
    id = await engine.containers.create({ ...trialSpec("quota", trial), command: idleCommand });
  } catch (error) {
    if (!isEngineError(error, "failed", "refused")) throw error;
    return undefined;
  }
  try {
    await engine.containers.start(id);
    const files = Math.ceil((1.5 * limit) / fileSize);
    const write = `for n in $(seq ${files}); do dd if=/dev/zero of=/cake/.$n bs=1M count=${fileSize / MB} || exit 9; done`;
    // Where layers live in memory it may be the main process that the kernel ends.
    const { said, exitCode } = await runTrial(engine, id, write).catch((error: unknown) => {
      if (isEngineError(error, "not-running", "conflict")) return { said: "", exitCode: null };
      throw error;
    });
    const { state } = await engine.containers.inspect(id);
    const used = state.running ? (await runTrial(engine, id, "du -sk /cake")).said : "";
    return held({ said, exitCode, size: 1024 * Number.parseInt(used || "0", 10) });
  } finally {
    await removeSurely(engine, id);
  }
}

async function isTmpfs(path: string): Promise<boolean> {
  try {
    return (await statfs(path)).type === tmpfs;
  } catch {
    return false;
  }
}
