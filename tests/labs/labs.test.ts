import { afterAll, describe, expect, it } from "vitest";
import { ownContent } from "../../src/app.ts";
import { compareOutput } from "../../src/curriculum/compare-output.ts";
import { loadCurriculum } from "../../src/curriculum/load.ts";
import type { Bindings } from "../../src/curriculum/match-line.ts";
import { fillPlaceholders } from "../../src/curriculum/transcript.ts";
import { checkStep } from "../../src/labs/check.ts";
import { engine } from "../harness/engine.ts";
import { theTheatre } from "../harness/theatre.ts";

const { labs } = loadCurriculum({ dirs: [ownContent] });
let solved = 0;

describe.skipIf(!engine)("on a real engine", () => {
  it.for([...labs.values()].map((lab) => [lab.id, lab] as const))(
    "%s can be solved, and not by doing nothing",
    async ([, lab]) => {
      const { signal } = new AbortController();
      const stage = await (await theTheatre()).open("lab", signal);
      const run = (line: string) => stage.run(line, signal);
      try {
        for (const step of lab.steps) {
          expect((await checkStep(step.check, run)).passed, `before: ${step.title}`).toBe(false);
          const bindings: Bindings = new Map();
          for (const { command, expected } of step.solution) {
            const { output } = await run(fillPlaceholders(command, bindings));
            expect(compareOutput(expected, output, bindings), command).toBeNull();
          }
          // A container that was started in the background may still be on its way to its end.
          await expect
            .poll(() => checkStep(step.check, run), { message: step.title, timeout: 10_000 })
            .toEqual({ passed: true });
        }
      } finally {
        await stage.clear();
      }
      solved++;
    },
  );

  afterAll(() => console.log(`${solved} labs solved on a real engine`));
});

describe("the labs", () => {
  it("are at least eight, each with a hint for every step", () => {
    expect(labs.size).toBeGreaterThanOrEqual(8);
    for (const { id, steps } of labs.values())
      for (const { hints } of steps) expect(hints.length, id).toBeGreaterThan(0);
  });
});
