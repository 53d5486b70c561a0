import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { limits } from "../../src/sandbox/limits.ts";
import { engine } from "../harness/engine.ts";
import { hasPostgres, openPostgresForRun } from "../harness/postgres.ts";
import { openTestSandboxes, person, place, type TestSandboxes } from "../harness/sandboxes.ts";

describe.skipIf(!engine || !hasPostgres())("sandboxes with PostgreSQL as the store", () => {
  let server: Awaited<ReturnType<typeof openPostgresForRun>>;
  let scene: TestSandboxes;
  const ada = person("Ada");
  beforeAll(async () => {
    server = await openPostgresForRun();
    scene = await openTestSandboxes({ databaseUrl: await server.database(), settings: { total: 2, perWorkspace: 2 } });
  });
  afterAll(async () => {
    await scene?.close();
    await server?.stop();
  });

  test("are started once, used, reset, put beside each other and kept for longer", async () => {
    const [one, two] = await Promise.all([scene.start("Ada"), scene.start("Ada")]);
    expect(one.container).toBe(two.container);
    expect((await scene.run("Ada", "bake lemon")).text).toContain("lemon");
    expect((await scene.sandboxes.reset(ada.id)).view.container).not.toBe(one.container);
    await scene.start("Lin");
    const { id } = await scene.sandboxes.offer(ada, place, "Lin");
    expect(await scene.sandboxes.agree(person("Lin"), id)).toHaveLength(2);
    expect((await scene.sandboxes.extend(ada.id)).extended).toBe(true);
  });

  test("hold their caps, warn, and end on time", async () => {
    const waiting = scene.sandboxes.start(person("Sam"), place)[Symbol.asyncIterator]();
    expect((await waiting.next()).value).toMatchObject({ state: "queued", ahead: 0 });
    await scene.pass(limits.idle - limits.warning + 1000);
    expect(scene.said.length).toBeGreaterThan(0);
    await scene.pass(limits.warning);
    expect(await scene.sandboxes.find(person("Lin").id)).toBeUndefined();
    expect((await waiting.next()).value).toMatchObject({ state: "ready" });
    expect(await scene.sandboxes.stop(person("Sam").id)).toBe(true);
  });
});
