/**
 * A bot that is going to be killed. It starts, uses, resets and stops sandboxes for a few learners, builds images and shows an experiment in them,
 * and prints one JSON line whenever a learner has been told something: what they have now. Run by crash.test.ts.
 */
import { ownContent } from "../../src/app.ts";
import { loadCurriculum } from "../../src/curriculum/load.ts";
import { createSandboxLines } from "../../src/docker-cli/sandbox-lines.ts";
import { createDocker } from "../../src/engine/docker.ts";
import { type Performance, playExperiment } from "../../src/experiments/play.ts";
import { createTheatre } from "../../src/experiments/theatre.ts";
import { createPictures } from "../../src/pictures/pictures.ts";
import { openSandboxes } from "../../src/sandbox/sandboxes.ts";
import { createLeases } from "../../src/store/leases.ts";
import { createTimers } from "../../src/store/timers.ts";
import { openStore } from "../harness/open-store.ts";
import { type Told, theBuild } from "./crash-told.ts";

const [dataDir = "", base = ""] = process.argv.slice(2);
const store = await openStore({ dataDir });
const timers = createTimers(store);
const leases = createLeases(store);
await leases.start();
const sandboxes = await openSandboxes({
  ...{ engine: createDocker(), store, timers, process: leases.owner },
  settings: { base, pool: 2 },
});
const lines = createSandboxLines(sandboxes);
const theatre = createTheatre(sandboxes, lines, createPictures());
const shown = loadCurriculum({ dirs: [ownContent] }).experiments.get("commit-makes-new-image");
if (!shown) throw new Error("the experiment is gone");
const experiment = shown;
await timers.start();
await sandboxes.settled;

const place = { platform: "test", workspace: "school", channel: "general" };
/** What the learner has been told, and what is being done; written at once, so that a kill cannot hide it. */
const tell = (told: Told) => process.stdout.write(`${JSON.stringify(told)}\n`);
tell({ learner: "", has: null, images: [], doing: "" });

async function live(name: string): Promise<never> {
  const person = { id: `test:${name}`, name, moderator: false };
  const who = async () => {
    const { owner, slot } = await sandboxes.workbench(person, place);
    return { owner, slot };
  };
  let has = (await sandboxes.find(person.id))?.container ?? null;
  let images: string[] = has === null ? [] : await lines.complete("image", "menu", await who());
  let built = images.length;

  const things: Record<string, () => Promise<void>> = {
    async start() {
      for await (const news of sandboxes.start(person, place)) if (news.state === "ready") has = news.view.container;
    },
    async run() {
      has = (await sandboxes.run(person, place, `echo ${name} > /cake/who; cat /cake/who`)).view.container;
    },
    async reset() {
      has = (await sandboxes.reset(person.id)).view.container;
    },
    async stop() {
      await sandboxes.stop(person.id);
      has = null;
      images = [];
    },
    async build() {
      const image = `menu-${built++ % 4}`;
      const { output, exitCode } = await lines.run(theBuild(image, name), await who());
      if (exitCode !== 0) throw new Error(`the build failed: ${output}`);
      images = [...new Set([...images, image])];
    },
    async show() {
      const { signal } = new AbortController();
      let last: Performance | undefined;
      for await (last of playExperiment(experiment, await theatre.open(person.id, signal), signal));
      if (last?.end !== "proved") throw new Error(`the experiment ended as ${last?.end}`);
    },
  };

  for (;;) {
    const possible = has === null ? ["start", "start", "run", "show"] : ["run", "reset", "build", "show", "stop"];
    const doing = possible[Math.floor(Math.random() * possible.length)] ?? "start";
    tell({ learner: name, has, images, doing });
    try {
      await things[doing]?.();
    } catch (error) {
      process.stderr.write(`${name}, ${doing}: ${String(error)}\n`);
      throw error;
    }
    tell({ learner: name, has, images, doing: "" });
  }
}

await Promise.all(["ada", "lin", "sam"].map(live));
