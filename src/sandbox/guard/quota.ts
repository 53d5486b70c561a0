import { statfs } from "node:fs/promises";
import type { Engine, EngineInfo } from "../../engine/engine.ts";
import { isEngineError } from "../../engine/engine-error.ts";
import { limits } from "../../engine/limits.ts";
import type { HostPolicy } from "../../engine/policy.ts";
import { type Trial, trialSpec } from "./trial.ts";

/** What holds the writable layer to its limit: the engine itself, the memory limit (layers live in memory), or our watchdog. */
export type Quota = "engine" | "memory" | "watchdog";

/** https://man7.org/linux/man-pages/man2/statfs.2.html */
const tmpfs = 0x01021994;

/** How the quota is told to people. */
export const quotaWords: Record<Quota, string> = {
  engine: "held by the engine's own disk quota",
  memory: "held by the memory limit, since this engine keeps layers in memory",
  watchdog: "watched: this engine has no disk quota, so a container that grows past it is stopped a moment later",
};

/** Applies a policy to the containers made from now on. */
export type SetPolicy = (policy: HostPolicy) => void;

/**
 * Tries what this engine offers, best first, by making a container that is never started. Resolves with the quota found and the policy that uses it, which
 * has been applied.
 */
export async function probeQuota(
  engine: Engine,
  setPolicy: SetPolicy,
  info: EngineInfo,
  { runtime, ...trial }: Trial & { runtime?: string | undefined },
): Promise<{ quota: Quota; policy: HostPolicy }> {
  const plain: HostPolicy = { memory: limits.memory, seccomp: true, ...(runtime && { runtime }) };
  const withQuota = { ...plain, layerQuota: `${limits.layer / 1024 / 1024}m` };
  setPolicy(withQuota);
  try {
    await engine.containers.remove(await engine.containers.create(trialSpec("quota", trial)), { force: true });
    return { quota: "engine", policy: withQuota };
  } catch (error) {
    if (!isEngineError(error, "failed", "refused")) throw error;
  }
  const inMemory = engine.host.startsWith("unix://") && (await isTmpfs(info.dataRoot));
  const policy = inMemory ? { ...plain, memory: limits.memoryOnTmpfs } : plain;
  setPolicy(policy);
  return { quota: inMemory ? "memory" : "watchdog", policy };
}

async function isTmpfs(path: string): Promise<boolean> {
  try {
    return (await statfs(path)).type === tmpfs;
  } catch {
    return false;
  }
}
