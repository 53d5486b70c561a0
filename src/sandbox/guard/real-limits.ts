import { limits } from "../../engine/limits.ts";
import type { Parts } from "../parts.ts";
import type { RealLimits, SandboxView } from "../service.ts";

interface RawContainer {
  Config?: { User?: string };
  HostConfig?: {
    Memory?: number;
    MemorySwap?: number;
    NanoCpus?: number;
    PidsLimit?: number;
    NetworkMode?: string;
    CapDrop?: string[] | null;
    SecurityOpt?: string[] | null;
    Ulimits?: { Name: string; Hard: number }[] | null;
  };
}

/** What a container has, as the engine says and not as it was asked for. */
export async function readLimits({ engine, host }: Parts, view: SandboxView): Promise<RealLimits> {
  const details = await engine.containers.inspect(view.container, { size: true });
  const { Config = {}, HostConfig = {} } = details.raw as RawContainer;
  const ulimit = (name: string): number => HostConfig.Ulimits?.find(({ Name }) => Name === name)?.Hard ?? 0;
  return {
    view,
    memory: HostConfig.Memory ?? 0,
    swap: Math.max(0, (HostConfig.MemorySwap ?? 0) - (HostConfig.Memory ?? 0)),
    cpus: (HostConfig.NanoCpus ?? 0) / 1e9,
    pids: HostConfig.PidsLimit ?? 0,
    openFiles: ulimit("nofile"),
    fileSize: ulimit("fsize"),
    user: Config.User ?? "",
    network: HostConfig.NetworkMode ?? "",
    capabilities: HostConfig.CapDrop?.includes("ALL") ? "none" : "some",
    filtered: HostConfig.SecurityOpt?.some((one) => one.startsWith("seccomp=")) ?? false,
    quota: host.quota(),
    layer: limits.layer,
    layerUsed: details.sizeRw ?? 0,
  };
}
