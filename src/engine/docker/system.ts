import type { Readable } from "node:stream";
import type Docker from "dockerode";
import type { System } from "../engine.ts";
import { ask } from "./errors.ts";
import { eachJson } from "./request.ts";

interface RawInfo {
  Name: string;
  ServerVersion: string;
  MemoryLimit: boolean;
  PidsLimit: boolean;
  CpuCfsQuota: boolean;
  CgroupDriver: string;
  CgroupVersion?: string;
  Driver: string;
  DockerRootDir: string;
  SecurityOptions: string[] | null;
  Runtimes: Record<string, unknown> | null;
  DefaultRuntime: string;
  NCPU: number;
  MemTotal: number;
  ContainersRunning: number;
}

interface RawEvent {
  Type: string;
  Action: string;
  Actor?: { ID: string; Attributes: Record<string, string> };
  timeNano: number;
}

/** What concerns the engine as a whole. */
export function createSystem(docker: Docker): System {
  return {
    ping: async () => void (await ask(docker.ping(), 5000)),
    async info() {
      const raw = (await ask(docker.info())) as RawInfo;
      return {
        name: raw.Name,
        version: raw.ServerVersion,
        memoryLimit: raw.MemoryLimit,
        pidsLimit: raw.PidsLimit,
        cpuQuota: raw.CpuCfsQuota,
        cgroupDriver: raw.CgroupDriver,
        cgroupVersion: raw.CgroupVersion ?? "1",
        storageDriver: raw.Driver,
        dataRoot: raw.DockerRootDir,
        securityOptions: raw.SecurityOptions ?? [],
        runtimes: Object.keys(raw.Runtimes ?? {}),
        defaultRuntime: raw.DefaultRuntime,
        cpus: raw.NCPU,
        memory: raw.MemTotal,
        containersRunning: raw.ContainersRunning,
        raw: raw as unknown as Record<string, unknown>,
      };
    },
    version: async () => (await ask(docker.version())) as unknown as Record<string, unknown>,
    async events(filters, on, onEnd) {
      const stream = await ask(docker.getEvents({ filters: JSON.stringify(filters) }));
      const report = ({ Type, Action, Actor, timeNano }: RawEvent) =>
        on({
          type: Type,
          action: Action,
          id: Actor?.ID ?? "",
          attributes: Actor?.Attributes ?? {},
          at: timeNano / 1e6,
        });
      eachJson(stream, report).then(onEnd, onEnd);
      return () => void (stream as Readable).destroy();
    },
  };
}
