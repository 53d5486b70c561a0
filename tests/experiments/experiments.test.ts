import { afterAll, describe, expect, it } from "vitest";
import { ownContent } from "../../src/app.ts";
import { loadCurriculum } from "../../src/curriculum/load.ts";
import { type Performance, playExperiment } from "../../src/experiments/play.ts";
import { engine } from "../harness/engine.ts";
import { theTheatre } from "../harness/theatre.ts";

const { experiments, misconceptions } = loadCurriculum({ dirs: [ownContent] });
let played = 0;

describe.skipIf(!engine)("on a real engine", () => {
  it.for([...experiments.values()].map((experiment) => [experiment.id, experiment] as const))(
    "%s proves what it says",
    async ([, experiment]) => {
      const { signal } = new AbortController();
      const theatre = await theTheatre();
      let last: Performance | undefined;
      for await (last of playExperiment(experiment, await theatre.open("experiment", signal), signal));
      const differences = last?.steps.flatMap(({ commands }) =>
        commands.flatMap(({ command, output, difference }) => (difference ? [{ command, difference, output }] : [])),
      );
      expect(differences).toEqual([]);
      expect(last?.end).toBe("proved");
      played++;
    },
  );

  it("an experiment that is stopped leaves nothing behind", async () => {
    const [experiment] = experiments.values();
    if (!experiment) throw new Error("no experiments");
    const stop = new AbortController();
    const stage = await (await theTheatre()).open("stopped", stop.signal);
    let last: Performance | undefined;
    for await (last of playExperiment(experiment, stage, stop.signal))
      if (last.steps[0]?.state === "done") stop.abort();
    expect(last?.end).toBe("stopped");
    expect((await stage.run("docker ps -aq", new AbortController().signal)).output).toBe("");
  });

  afterAll(() => console.log(`${played} experiments proved on a real engine`));
});

describe("the experiments", () => {
  it("prove every misconception", () => {
    expect(experiments.size).toBeGreaterThanOrEqual(20);
    expect(misconceptions.size).toBeGreaterThanOrEqual(20);
    for (const { id, experiment } of misconceptions.values()) expect(experiments.has(experiment), id).toBe(true);
  });
});
