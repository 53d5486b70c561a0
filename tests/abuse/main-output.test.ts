import { afterAll, afterEach, beforeAll, describe, expect, test, vi } from "vitest";
import { createSandboxLines } from "../../src/docker-cli/sandbox-lines.ts";
import { engine } from "../harness/engine.ts";
import { openTestSandboxes, person, place, type TestSandboxes } from "../harness/sandboxes.ts";

describe.skipIf(!engine)("what main processes write", () => {
  let scene: TestSandboxes;
  let lines: ReturnType<typeof createSandboxLines>;
  const docker = async (line: string) => {
    const { owner, slot } = await scene.sandboxes.workbench(person("Mallory"), place);
    return lines.run(`docker ${line}`, { owner, slot });
  };
  const status = async (name: string) => (await docker(`ps -a --filter name=${name} --format {{.Status}}`)).output;

  beforeAll(async () => {
    scene = await openTestSandboxes({ settings: { pool: 1 } });
    lines = createSandboxLines(scene.sandboxes);
  });
  afterEach(async () => {
    await scene.sandboxes.stop(person("Mallory").id);
  });
  afterAll(() => scene?.close());

  test.each([
    ["empty lines", `yes ""`],
    ["long lines", "yes $(seq 1000)"],
    ["single letters", "while :; do printf x; done & while :; do printf y; done & yes $(seq 20) >&2"],
  ])("a flood of %s is ended, and its death is told once with its cause", async (_, line) => {
    await docker(`run -d --name flood cake sh -c '${line}'`);
    const told: string[] = [];
    await vi.waitFor(
      async () => {
        const { output, notes } = await docker("ps -a --filter name=flood --format {{.Status}}");
        told.push(...notes);
        expect(output).toMatch(/^Exited \(137\)/);
        expect(told).toHaveLength(1);
      },
      { timeout: 20_000, interval: 200 },
    );
    expect(told[0]).toMatch(/^`flood` was ended .*wrote faster/);
    expect((await docker("ps -a")).notes).toEqual([]);
  });

  test("a program that prints much once, and one that prints now and then, are left alone", async () => {
    await docker("run -d --name once cake sh -c 'seq 20000; sleep 60'");
    await docker("run -d --name often cake sh -c 'while :; do date; sleep 0.05; done'");
    await vi.waitFor(async () => expect((await docker("logs --tail 1 once")).output).toBe("20000\n"), 10_000);
    expect(await status("once")).toMatch(/^Up/);
    expect(await status("often")).toMatch(/^Up/);
  });

  test("nothing in a sandbox can write to its main process's output", async () => {
    const { text } = await scene.run(
      "Mallory",
      "ls -l /proc/1/fd | grep -c pipe; echo x > /proc/1/fd/1 && echo swallowed",
    );
    expect(text).toBe("0\nswallowed\n");
  });
});
