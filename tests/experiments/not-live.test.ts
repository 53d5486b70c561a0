import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { ownContent, recordings } from "../../src/app.ts";
import { silentLog } from "../../src/core/log.ts";
import { loadCurriculum } from "../../src/curriculum/load.ts";
import { createSandboxLines } from "../../src/docker-cli/sandbox-lines.ts";
import { createDocker, type DockerEngine } from "../../src/engine/docker.ts";
import { createExperiments, type Run } from "../../src/experiments/experiments.ts";
import type { Performance } from "../../src/experiments/play.ts";
import { createTheatre } from "../../src/experiments/theatre.ts";
import { viewPerformance } from "../../src/experiments/view.ts";
import { createPictures } from "../../src/pictures/pictures.ts";
import { openSandboxes } from "../../src/sandbox/sandboxes.ts";
import { createTimers } from "../../src/store/timers.ts";
import { engine, testBase } from "../harness/engine.ts";
import { openStore } from "../harness/open-store.ts";

const experiment = loadCurriculum({ dirs: [ownContent] }).experiments.get("two-containers-one-image");
if (!experiment) throw new Error("the experiment is gone");
const shown = experiment;

/** Opens the service on an engine, without waiting for its checks. */
async function openOn(docker: DockerEngine) {
  const dataDir = mkdtempSync(join(tmpdir(), "bakehouse-show-"));
  const store = await openStore({ dataDir });
  const sandboxes = await openSandboxes({
    ...{ engine: docker, store, timers: createTimers(store) },
    settings: { base: testBase, pool: 0 },
  });
  const pictures = createPictures();
  const theatre = createTheatre(sandboxes, createSandboxLines(sandboxes), pictures);
  const experiments = createExperiments({ theatre, recordings, log: silentLog });
  return {
    sandboxes,
    start: () => experiments.start(shown, "test:ada", new AbortController().signal),
    async close() {
      await theatre.close();
      await sandboxes.close();
      await pictures.close();
      await store.close();
      rmSync(dataDir, { recursive: true, force: true });
    },
  };
}

async function watch({ origin, performances }: Run): Promise<{ end: Performance["end"]; said: string }> {
  let last: Performance | undefined;
  for await (last of performances);
  if (!last) throw new Error("nothing was shown");
  return {
    end: last.end,
    said: JSON.stringify(viewPerformance(shown, last, 0, origin, { sandbox: false, quiz: false })),
  };
}

describe.skipIf(!engine)("an experiment on an engine that is still being checked", () => {
  it("is played from its recording, marked, with the reason; and live as soon as the engine is ready", async () => {
    const real = createDocker();
    const checked = Promise.withResolvers<void>();
    const slow: DockerEngine = {
      ...real,
      system: {
        ...real.system,
        async info() {
          await checked.promise;
          return real.system.info();
        },
      },
    };
    const scene = await openOn(slow);
    const recorded = await scene.start();
    expect(recorded.origin).toMatchObject({ live: false });
    const { end, said } = await watch(recorded);
    expect(end).toBe("proved");
    expect(said).toMatch(
      /Recorded on Docker Engine \S+, \d{4}-\d\d-\d\d\. Sandboxes are being prepared: .* Run it again in a moment/,
    );

    checked.resolve();
    await scene.sandboxes.settled;
    const live = await scene.start();
    expect(live.origin).toMatchObject({ live: true });
    expect(await watch(live)).toMatchObject({ end: "proved", said: expect.not.stringContaining("Recorded") });
    await scene.close();
  });
});

describe("an experiment on an engine that is away", () => {
  it("is played from its recording, and says that Docker does not answer", async () => {
    const away = createDocker({ environment: { DOCKER_HOST: "unix:///nowhere/docker.sock" } });
    const scene = await openOn(away);
    await scene.sandboxes.settled;
    const { end, said } = await watch(await scene.start());
    expect(end).toBe("proved");
    expect(said).toMatch(/Recorded on Docker Engine .*\. Docker is not answering right now/);
    await scene.close();
  });
});
