import { execFileSync, spawn } from "node:child_process";
import { mkdirSync, mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { vi } from "vitest";
import { createDocker, type DockerEngine } from "../../src/engine/docker.ts";
import { endLeftovers } from "./end-leftovers.ts";

/** Whether an engine of the test's own can be started and stopped on this machine. */
export const canOwnEngine: boolean =
  process.getuid?.() === 0 && works("dockerd", "--version") && works("unshare", "-n", "true");

/** Whether such an engine can keep its layers on btrfs, whose quota holds a single layer. */
export const canOwnBtrfs: boolean =
  canOwnEngine && works("mkfs.btrfs", "--version") && readFileSync("/proc/filesystems", "utf8").includes("\tbtrfs\n");

function works(command: string, ...args: string[]): boolean {
  try {
    execFileSync(command, args, { stdio: "ignore" });
    return true;
  } catch {
    return false;
  }
}

/** An engine that belongs to one test. */
export interface OwnEngine {
  connect(): DockerEngine;
  /** What DOCKER_HOST is for it, and the process of the daemon that runs now. */
  host: string;
  pid(): number;
  /** Stops the daemon; its data stays. */
  halt(): Promise<void>;
  resume(): Promise<void>;
  /** Stops it for good and removes everything of it. */
  stop(): Promise<void>;
}

/**
 * Starts a Docker engine in a network namespace of its own, with the tests' base image. `tmpfs`: keep its data in memory, with these mount
 * options. `btrfs`: keep it on a file system of that size in a file.
 */
export async function ownEngine({ tmpfs, btrfs }: { tmpfs?: string; btrfs?: string } = {}): Promise<OwnEngine> {
  const folder = mkdtempSync(join(tmpdir(), "bakehouse-engine-"));
  const host = `unix://${folder}/docker.sock`;
  const environment = { ...process.env, DOCKER_HOST: host };
  const connect = () => createDocker({ environment });
  let halt = async () => {};
  let pid = 0;
  mkdirSync(join(folder, "data"));
  if (tmpfs) execFileSync("mount", ["-t", "tmpfs", "-o", tmpfs, "none", join(folder, "data")]);
  if (btrfs) {
    const disk = join(folder, "disk");
    execFileSync("truncate", ["-s", btrfs, disk]);
    execFileSync("mkfs.btrfs", ["-q", disk]);
    execFileSync("mount", ["-o", "loop", disk, join(folder, "data")]);
  }

  async function resume(): Promise<void> {
    const driver = btrfs ? "--storage-driver btrfs " : "";
    const flags = `${driver}--data-root ${folder}/data --exec-root ${folder}/exec --pidfile ${folder}/pid -H ${host}`;
    const child = spawn("unshare", ["-n", "sh", "-c", `ip link set lo up; exec dockerd ${flags}`], { stdio: "ignore" });
    pid = child.pid ?? 0;
    const ended = new Promise<void>((resolve) => child.on("close", () => resolve()));
    halt = async () => {
      child.kill("SIGTERM");
      await ended;
    };
    await vi.waitFor(() => connect().system.ping(), { timeout: 60_000, interval: 200 });
  }

  await resume();
  const script = fileURLToPath(new URL("make-base-image.sh", import.meta.url));
  execFileSync("sh", [script], { stdio: "ignore", env: environment });
  return {
    connect,
    host,
    pid: () => pid,
    halt: () => halt(),
    resume,
    async stop() {
      await halt();
      endLeftovers(folder);
      rmSync(folder, { recursive: true, force: true, maxRetries: 20, retryDelay: 200 });
    },
  };
}
