import Docker from "dockerode";
import { describe, expect, test } from "vitest";
import { readEndpoint } from "../../src/engine/docker/endpoint.ts";
import { createExec } from "../../src/engine/docker/exec.ts";
import { createDocker } from "../../src/engine/docker.ts";
import { engine } from "../harness/engine.ts";
import { openTestSandboxes } from "../harness/sandboxes.ts";

/** The engine, on which containers end each time between the preparation of a command and its start, as often as said. */
function endingBetween() {
  const docker = new Docker(readEndpoint(process.env).options);
  const rest = { times: 0 };
  const exec = createExec({
    getContainer: (id: string) => ({
      async exec(options: Docker.ExecCreateOptions) {
        const container = docker.getContainer(id);
        const prepared = await container.exec(options);
        if (rest.times-- > 0) await container.kill();
        return prepared;
      },
    }),
  } as Docker);
  return { engine: { ...createDocker(), exec }, rest };
}

describe.skipIf(!engine)("a sandbox whose main process ends while a command is being started", () => {
  test("is brought back with its files, and the command runs once", async () => {
    const { engine: ending, rest } = endingBetween();
    const scene = await openTestSandboxes({ engine: ending });
    await scene.start("Ada");
    await scene.run("Ada", "echo mine > /cake/note");
    rest.times = 1;
    const { text, outcome } = await scene.run("Ada", "echo once >> /cake/times; cat /cake/note /cake/times");
    expect(text).toBe("mine\nonce\n");
    expect(outcome.notice).toContain("had stopped");
    await scene.close();
  });

  test("is a new one when the host removes its container while it is looked after", async () => {
    const real = createDocker();
    const scene = await openTestSandboxes({
      engine: {
        ...real,
        containers: {
          ...real.containers,
          async inspect(id, options) {
            if (id === doomed) await real.containers.remove(id, { force: true });
            return real.containers.inspect(id, options);
          },
        },
      },
    });
    let doomed = "";
    doomed = (await scene.start("Ada")).container;
    const { outcome } = await scene.run("Ada", "kill -9 $$");
    expect(outcome.result.exitCode).toBe(137);
    expect(outcome.notice).toContain("was gone");
    expect(outcome.view.container).not.toBe(doomed);
    expect((await scene.run("Ada", "echo back")).text).toBe("back\n");
    await scene.close();
  });
});
