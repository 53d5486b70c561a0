import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { describeMiss, recogniseErrors } from "../../scripts/errors-on-engine.ts";
import { testBase } from "../harness/engine.ts";
import { canOwnEngine, type OwnEngine, ownEngine } from "../harness/own-engine.ts";

/** The share of error texts that must be recognised. */
const enough = 0.95;

describe.skipIf(!canOwnEngine)("the errors of a real engine", () => {
  let own: OwnEngine;
  beforeAll(async () => {
    own = await ownEngine();
  });
  afterAll(async () => {
    await own.stop();
  });

  it("are recognised by the error clinic as what they are", { timeout: 900_000 }, async () => {
    const workshop = { base: testBase, environment: { ...process.env, DOCKER_HOST: own.host } };
    const { summary, made, missed } = await recogniseErrors(workshop);
    console.log([...missed.map(describeMiss), summary].join("\n"));
    expect(made.length).toBeGreaterThanOrEqual(200);
    expect((made.length - missed.length) / made.length).toBeGreaterThanOrEqual(enough);
  });
});
