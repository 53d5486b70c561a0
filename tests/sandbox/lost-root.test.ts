import { afterAll, beforeAll, describe, expect, test } from "vitest";
import type { DockerEngine } from "../../src/engine/docker.ts";
import type { Exec } from "../../src/engine/engine.ts";
import { engine, theEngine } from "../harness/engine.ts";
import { openTestSandboxes, type TestSandboxes } from "../harness/sandboxes.ts";

const words =
  "OCI runtime exec failed: exec failed: unable to start container process: error starting setns process: fork/exec /proc/self/fd/6: no such file or directory: unknown\r\n";

/** An engine on which one container loses its root as Engine 26 and 28 sometimes do; stopping and starting brings it back unless it is lost for good. */
function losing(real: DockerEngine): DockerEngine & { lose(container: string, forGood: boolean): void } {
  const lost = new Map<string, boolean>();
  const start: Exec["start"] = async (container, request, sink) => {
    if (!lost.has(container)) return real.exec.start(container, request, sink);
    sink("stdout", Buffer.from(words));
    const output = { ended: Promise.resolve(), pause() {}, resume() {}, detach() {} };
    return { output, inspect: async () => ({ running: false, exitCode: 126 }) };
  };
  return {
    ...real,
    exec: { start },
    containers: {
      ...real.containers,
      async stop(id, seconds) {
        await real.containers.stop(id, seconds);
        if (lost.get(id) === false) lost.delete(id);
      },
    },
    lose: (container, forGood) => void lost.set(container, forGood),
  };
}

describe.skipIf(!engine)("a container whose root the engine has lost", () => {
  let scene: TestSandboxes;
  let faulty: ReturnType<typeof losing>;
  beforeAll(async () => {
    faulty = losing(theEngine());
    scene = await openTestSandboxes({ engine: faulty });
  });
  afterAll(() => scene?.close());

  test("is stopped and started, and the command runs in it", async () => {
    const { container } = await scene.start("Ada");
    await scene.run("Ada", "echo mine > /cake/note");
    faulty.lose(container, false);
    const { text, outcome } = await scene.run("Ada", "cat /cake/note");
    expect(text).toBe("mine\n");
    expect(outcome.view.container).toBe(container);
  });

  test("is left for a new one with what was changed, when that does not help", async () => {
    const { container } = await scene.start("Bob");
    await scene.run("Bob", "echo mine > /cake/note");
    faulty.lose(container, true);
    const { text, outcome } = await scene.run("Bob", "cat /cake/note");
    expect(text).toBe("mine\n");
    expect(outcome.view.container).not.toBe(container);
    expect(outcome.notice).toMatch(/copied into it/);
  });
});
