import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { limits } from "../../src/engine/limits.ts";
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
    expect(await scene.sandboxes.agree(person("Lin"), place, id)).toHaveLength(2);
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

  test("of two processes do not take each other's warm containers and demonstrations for leftovers", async () => {
    const databaseUrl = await server.database();
    const one = await openTestSandboxes({ databaseUrl });
    const show = await one.sandboxes.borrow("show");
    const spec = { image: one.sandboxes.image().id, purpose: "line", owner: show.owner, slot: show.slot } as const;
    const shown = await one.sandboxes.createContainer({
      name: one.sandboxes.namesOf(show.owner).container("web"),
      ...spec,
    });
    const made = await one.engine.containers.commit(shown, {
      settings: { labels: one.sandboxes.imageLabels(show.owner) },
    });
    const labels = one.sandboxes.labelsOf(show.owner).slice(0, 1);
    const before = (await one.engine.containers.list({ labels })).map(({ id }) => id);
    expect(before).toHaveLength(2);

    const two = await openTestSandboxes({ databaseUrl });
    const after = (await one.engine.containers.list({ labels })).map(({ id }) => id);
    expect(after).toEqual(expect.arrayContaining(before));
    expect((await one.engine.images.inspect(made)).id).toBe(made);
    await two.close();
    await show.release();
    await one.close();
    expect(await scene.engine.containers.list({ labels })).toEqual([]);
  });
});
