import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { engine } from "../harness/engine.ts";
import { openTestSandboxes, type TestSandboxes } from "../harness/sandboxes.ts";

describe.skipIf(!engine)("fair shares", () => {
  let scene: TestSandboxes;
  const attackers = ["m0", "m1", "m2", "m3", "m4", "m5"];
  beforeAll(async () => {
    scene = await openTestSandboxes({ settings: { pool: 1 } });
    for (const name of [...attackers, "Nina"]) await scene.start(name);
  });
  afterAll(() => scene?.close());

  test("while six sleep as long as they may, a neighbour's command is done before any of them", async () => {
    const done: string[] = [];
    const longs = attackers.map((name) => scene.run(name, "sleep 8").then(() => done.push(name)));
    expect((await scene.run("Nina", "echo hi")).text).toBe("hi\n");
    expect((await scene.run("Nina", "echo again")).text).toBe("again\n");
    expect(done).toEqual([]);
    await Promise.all(longs);
    // Now they have used much: of all who go on sleeping not everybody gets in at once, but the neighbour does.
    const order: string[] = [];
    const again = attackers.map((name) => scene.run(name, "sleep 2").then(() => order.push(name)));
    await scene.run("Nina", "echo hi").then(() => order.push("Nina"));
    await Promise.all(again);
    expect(order[0]).toBe("Nina");
  }, 60_000);
});
