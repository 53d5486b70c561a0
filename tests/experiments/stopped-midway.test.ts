import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { createSandboxLines } from "../../src/docker-cli/sandbox-lines.ts";
import { createDocker, type DockerEngine } from "../../src/engine/docker.ts";
import { createTheatre } from "../../src/experiments/theatre.ts";
import { createPictures } from "../../src/pictures/pictures.ts";
import { engine } from "../harness/engine.ts";
import { openTestSandboxes, type TestSandboxes } from "../harness/sandboxes.ts";

describe.skipIf(!engine)("a run that is stopped while Docker is making a container", () => {
  let scene: TestSandboxes;
  let asked: PromiseWithResolvers<void>;
  let answered: PromiseWithResolvers<void>;
  let made: string[];
  const pictures = createPictures();

  beforeEach(async () => {
    asked = Promise.withResolvers();
    answered = Promise.withResolvers();
    made = [];
    const real = createDocker();
    const slow: DockerEngine = {
      ...real,
      containers: {
        ...real.containers,
        async create(spec) {
          if (spec.purpose === "canary") return real.containers.create(spec);
          asked.resolve();
          await answered.promise;
          const id = await real.containers.create(spec);
          made.push(id);
          return id;
        },
      },
    };
    scene = await openTestSandboxes({ engine: slow, settings: { pool: 0 } });
  });
  afterEach(async () => {
    await scene.close();
    await pictures.close();
  });

  it.for([
    "docker run -d --name lin cake",
    "docker run --name lin cake",
    "docker build -t x - <<E\nFROM cake\nRUN true\nE",
  ])("leaves nothing behind: %s", async (line) => {
    const theatre = createTheatre(scene.sandboxes, createSandboxLines(scene.sandboxes), pictures);
    const stop = new AbortController();
    const stage = await theatre.open("show", stop.signal);
    const running = stage.run(line, stop.signal);
    await asked.promise;
    stop.abort();
    const clearing = stage.clear();
    answered.resolve();
    await Promise.all([running, clearing]);
    expect(made.length).toBeGreaterThan(0);
    const labels = scene.sandboxes.labelsOf("").slice(0, 1);
    expect(await scene.engine.containers.list({ labels })).toEqual([]);
    expect(await scene.engine.images.list({ all: true, labels })).toEqual([]);
  });

  it("is closed with the program, too, when nobody waits for it any more", async () => {
    const theatre = createTheatre(scene.sandboxes, createSandboxLines(scene.sandboxes), pictures);
    const stop = new AbortController();
    const stage = await theatre.open("show", stop.signal);
    const running = stage.run("docker run -d --name lin cake", stop.signal);
    await asked.promise;
    stop.abort();
    const closing = theatre.close();
    answered.resolve();
    await Promise.all([running, closing]);
    expect(made).toHaveLength(1);
    expect(await scene.engine.containers.list({ labels: scene.sandboxes.labelsOf("").slice(0, 1) })).toEqual([]);
  });
});
