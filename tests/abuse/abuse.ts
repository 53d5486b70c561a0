import { execFileSync } from "node:child_process";
import Docker from "dockerode";
import { expect, vi } from "vitest";
import { readEndpoint } from "../../src/engine/docker/endpoint.ts";
import { limits } from "../../src/engine/limits.ts";
import { openTestSandboxes, person, place, type TestSandboxes } from "../harness/sandboxes.ts";
import { tarOf } from "../harness/tar.ts";

/** A learner who abuses the sandbox, a neighbour who wants to work, and the host they are on. */
export interface Scene extends TestSandboxes {
  /** Runs a line as the abuser. */
  abuse(line: string): ReturnType<TestSandboxes["run"]>;
  /** Puts programs into the abuser's /cake. */
  bring(programs: Record<string, Uint8Array>, mode?: number): Promise<void>;
  /** A fresh sandbox for the abuser. */
  fresh(): Promise<void>;
  /** What every test ends with: the neighbour still answers, and the host has what it had. */
  allIsWell(): Promise<void>;
}

/** What the kernel says that a container takes from the host. */
interface Taken {
  memory_stats: { usage?: number };
  pids_stats: { current?: number };
}

/** Starts a sandbox for Mallory and one for Nina, and notes what the host has. */
export async function setTheScene(): Promise<Scene> {
  const test = await openTestSandboxes({ settings: { pool: 1 } });
  await test.start("Mallory");
  await test.start("Nina");
  await test.run("Nina", "echo mine > /cake/nina");
  const docker = new Docker(readEndpoint(process.env).options);
  const { value } = await test.store.read.selectFrom("sandbox_host").selectAll().executeTakeFirstOrThrow();
  const mine = () => test.engine.containers.list({ labels: [`tutor.instance=${value}`], size: true });
  const sandboxes = 2;
  const pool = 1;
  return {
    ...test,
    abuse: (line) => test.run("Mallory", line),
    async bring(programs, mode) {
      const view = await test.sandboxes.find(person("Mallory").id);
      await test.engine.containers.copyIn(view?.container ?? "", "/cake", await tarOf(programs, mode));
    },
    async fresh() {
      await test.sandboxes.stop(person("Mallory").id);
      await test.start("Mallory");
    },
    async allIsWell() {
      const { result } = await test.sandboxes.run(person("Nina"), place, "cat /cake/nina; bake");
      expect(result.pieces.map(({ text }) => text).join("")).toBe("mine\nA vanilla cake with a plain topping.\n");
      const left = await test.run("Mallory", "echo alive");
      expect(left.text).toBe("alive\n");
      await vi.waitFor(
        async () => {
          const containers = await mine();
          expect(containers.length, "containers").toBe(sandboxes + pool);
          for (const { id, sizeRw } of containers) {
            const taken = (await docker.getContainer(id).stats({ stream: false, "one-shot": true })) as Taken;
            expect(taken.memory_stats.usage, "memory").toBeLessThanOrEqual(limits.memory);
            expect(taken.pids_stats.current, "processes").toBeLessThan(20);
            expect(sizeRw, "disk").toBeLessThanOrEqual(limits.layer);
          }
        },
        { timeout: 30_000, interval: 250 },
      );
      // The host itself can still start programs.
      expect(execFileSync("echo", ["host"], { encoding: "utf8" })).toBe("host\n");
    },
  };
}
