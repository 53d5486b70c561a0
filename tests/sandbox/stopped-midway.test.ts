import { describe, expect, test } from "vitest";
import { createSandboxLines } from "../../src/docker-cli/sandbox-lines.ts";
import { createDocker, type DockerEngine } from "../../src/engine/docker.ts";
import { engine } from "../harness/engine.ts";
import { openTestSandboxes, person, place } from "../harness/sandboxes.ts";

describe.skipIf(!engine)("a sandbox that is stopped while a line of its learner is making a container", () => {
  test.for(["run -d --name web cake", "build -t x - <<E\nFROM cake\nRUN true\nRUN true\nE"])(
    "leaves nothing behind: docker %s",
    async (line) => {
      const asked = Promise.withResolvers<void>();
      const answered = Promise.withResolvers<void>();
      const real = createDocker();
      const slow: DockerEngine = {
        ...real,
        containers: {
          ...real.containers,
          async create(spec) {
            if (spec.purpose === "canary" || spec.purpose === "pool") return real.containers.create(spec);
            asked.resolve();
            await answered.promise;
            return real.containers.create(spec);
          },
        },
      };
      const scene = await openTestSandboxes({ engine: slow, settings: { pool: 0 } });
      const lines = createSandboxLines(scene.sandboxes);
      await scene.start("Ada");
      const { owner, slot } = await scene.sandboxes.workbench(person("Ada"), place);
      const running = lines.run(`docker ${line}`, { owner, slot }).catch((error: Error) => error);
      await asked.promise;
      await scene.sandboxes.stop(owner);
      answered.resolve();
      expect(String(await running)).toContain("Your sandbox was removed in the middle of this");
      const labels = scene.sandboxes.labelsOf("").slice(0, 1);
      expect(await scene.engine.containers.list({ labels })).toEqual([]);
      expect(await scene.engine.images.list({ all: true, labels })).toEqual([]);
      await scene.close();
    },
  );
});
