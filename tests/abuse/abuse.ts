import { statfsSync } from "node:fs";
import { freemem } from "node:os";
import { expect, vi } from "vitest";
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

const MB = 1024 * 1024;
const room = 700 * MB;

/** Starts a sandbox for Mallory and one for Nina, and notes what the host has. */
export async function setTheScene(): Promise<Scene> {
  const test = await openTestSandboxes({ settings: { pool: 1 } });
  await test.start("Mallory");
  await test.start("Nina");
  await test.run("Nina", "echo mine > /cake/nina");
  const { dataRoot } = await test.engine.system.info();
  const disk = () => {
    const { bavail, bsize } = statfsSync(dataRoot);
    return bavail * bsize;
  };
  const before = { memory: freemem(), disk: disk() };
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
          expect(before.memory - freemem(), "memory taken from the host").toBeLessThan(room);
          expect(before.disk - disk(), "disk taken from the host").toBeLessThan(room);
          const others = (await test.sandboxes.runIn(left.outcome.view.container, ["ps", "-o", "comm"])).pieces;
          expect(
            others
              .map(({ text }) => text)
              .join("")
              .split("\n").length,
            "processes left",
          ).toBeLessThan(20);
        },
        { timeout: 30_000, interval: 250 },
      );
    },
  };
}
