import { afterEach, beforeEach, describe, expect, test } from "vitest";
import type { Place } from "../../src/core/context.ts";
import { limits } from "../../src/engine/limits.ts";
import { idleCommand } from "../../src/engine/policy.ts";
import type { StartNews } from "../../src/sandbox/service.ts";
import { engine } from "../harness/engine.ts";
import { openTestSandboxes, person, place, type TestSandboxes } from "../harness/sandboxes.ts";

const minute = 60_000;

describe.skipIf(!engine)("a sandbox", () => {
  let scene: TestSandboxes & { dataDir: string };
  beforeEach(async () => {
    scene = await openTestSandboxes({ settings: { pool: 1, total: 3, perWorkspace: 2 } });
  });
  afterEach(() => scene.close());

  const ada = person("Ada");

  test("is one per learner, however often it is started", async () => {
    const [one, two] = await Promise.all([scene.start("Ada"), scene.start("Ada")]);
    const three = await scene.start("Ada");
    expect(new Set([one.container, two.container, three.container]).size).toBe(1);
    const rows = await scene.engine.containers.list({ labels: [`tutor.instance=${await instance()}`] });
    expect(rows.length).toBeLessThanOrEqual(2);
  });

  test("keeps files between commands and shows them as changes; the image has none of them", async () => {
    await scene.run("Ada", "echo hi > /cake/note; rm /cake/recipe");
    expect((await scene.run("Ada", "cat /cake/note")).text).toBe("hi\n");
    const { changes } = await scene.sandboxes.changes(ada.id);
    expect(changes).toEqual([
      { kind: "C", path: "/cake" },
      { kind: "A", path: "/cake/note" },
      { kind: "D", path: "/cake/recipe" },
    ]);
    expect((await scene.run("Lin", "ls /cake")).text).toBe("recipe\ntopping\n");
  });

  test("is a new container of the same image after a reset", async () => {
    const before = await scene.start("Ada");
    await scene.run("Ada", "echo hi > /cake/note");
    const { view, lost } = await scene.sandboxes.reset(ada.id);
    expect(lost).toBe(1);
    expect(view.container).not.toBe(before.container);
    expect(view.image).toBe(before.image);
    expect((await scene.run("Ada", "ls /cake")).text).toBe("recipe\ntopping\n");
    await expect(scene.engine.containers.inspect(before.container)).rejects.toMatchObject({ kind: "not-found" });
  });

  test("warns two minutes before its idle end, and is removed then", async () => {
    const view = await scene.start("Ada");
    await scene.pass(limits.idle - limits.warning - 1000);
    expect(scene.said).toEqual([]);
    await scene.pass(2000);
    const [warning] = scene.said;
    expect(JSON.stringify(warning?.reply)).toContain("Keep 20 min more");
    await scene.pass(limits.warning);
    expect(await scene.sandboxes.find(ada.id)).toBeUndefined();
    expect((await scene.sandboxes.past(ada.id))?.why).toBe("nothing was done in it for 20 minutes");
    await expect
      .poll(() => scene.engine.containers.inspect(view.container).catch(({ kind }) => kind))
      .toBe("not-found");
  });

  test("stays while it is used, but not past its absolute end", async () => {
    await scene.start("Ada");
    for (let passed = 0; passed < 50; passed += 10) {
      await scene.pass(10 * minute);
      expect((await scene.run("Ada", "echo on")).text).toBe("on\n");
    }
    await scene.pass(10 * minute + 1000);
    expect((await scene.sandboxes.past(ada.id))?.why).toBe("its time of 60 minutes was over");
  });

  test("is kept 20 minutes longer, once", async () => {
    const before = await scene.start("Ada");
    await scene.pass(19 * minute);
    const after = await scene.sandboxes.extend(ada.id);
    expect(after.endsAt - before.endsAt).toBeGreaterThan(18 * minute);
    await expect(scene.sandboxes.extend(ada.id)).rejects.toThrow(/twice is not possible/);
    await scene.pass(19 * minute);
    expect(await scene.sandboxes.find(ada.id)).toBeDefined();
  });

  test("has to be waited for when all are in use, in the order of asking", async () => {
    const elsewhere: Place = { ...place, workspace: "other" };
    await scene.start("Ada");
    await scene.start("Lin");
    const third = scene.sandboxes.start(person("Sam"), elsewhere);
    for await (const news of third) if (news.state === "ready") break;
    const news: StartNews[] = [];
    const waiting = (async () => {
      for await (const one of scene.sandboxes.start(person("Eva"), elsewhere)) news.push(one);
    })();
    await expect.poll(() => news.at(-1)).toMatchObject({ state: "queued", ahead: 0 });
    const queued = news[0];
    expect(queued?.state === "queued" && queued.about).toBeLessThanOrEqual(limits.idle);
    await scene.sandboxes.stop(ada.id);
    await waiting;
    expect(news.at(-1)).toMatchObject({ state: "ready" });
  });

  test("of a full workspace has to be waited for, while other workspaces go on", async () => {
    await scene.start("Ada");
    await scene.start("Lin");
    const leave = new AbortController();
    const seen: StartNews[] = [];
    const waiting = (async () => {
      for await (const one of scene.sandboxes.start(person("Eva"), place, { signal: leave.signal })) seen.push(one);
    })().catch((error: Error) => error);
    await expect.poll(() => seen.length).toBeGreaterThan(0);
    const other = scene.sandboxes.start(person("Sam"), { ...place, workspace: "other" });
    for await (const news of other) expect(news.state).toBe("ready");
    leave.abort();
    await scene.sandboxes.stop(person("Sam").id);
    expect(String(await waiting)).toContain("You left the line");
  });

  test("goes with everything its learner made", async () => {
    await scene.start("Ada");
    const bench = await scene.sandboxes.workbench(ada, place);
    const line = await scene.sandboxes.createContainer({
      ...{ name: `life-${Date.now()}`, image: scene.sandboxes.image().id, purpose: "line", owner: bench.owner },
      ...{ slot: bench.slot, command: idleCommand },
    });
    await scene.engine.containers.start(line);
    const labels = scene.sandboxes.imageLabels(bench.owner);
    const made = await scene.engine.containers.commit(line, { reference: "t-ada/made:1", settings: { labels } });
    expect(await scene.sandboxes.stop(ada.id)).toBe(true);
    await expect(scene.engine.containers.inspect(line)).rejects.toMatchObject({ kind: "not-found" });
    await expect(scene.engine.images.inspect(made)).rejects.toMatchObject({ kind: "not-found" });
  });

  test("allows so many containers of its learner's own, and says so", async () => {
    const bench = await scene.sandboxes.workbench(ada, place);
    const create = (index: number) =>
      scene.sandboxes.createContainer({
        ...{
          name: `life-${Date.now()}-${index}`,
          image: scene.sandboxes.image().id,
          purpose: "line",
          slot: bench.slot,
        },
        owner: bench.owner,
      });
    for (let index = 0; index < limits.containersPerLearner; index++) await create(index);
    await expect(create(99)).rejects.toThrow(/docker rm/);
  });

  test("leaves nothing of a demonstration", async () => {
    const borrowed = await scene.sandboxes.borrow("show");
    const id = await scene.sandboxes.createContainer({
      ...{ name: `life-${Date.now()}`, image: scene.sandboxes.image().id, purpose: "line", owner: borrowed.owner },
      slot: borrowed.slot,
    });
    await borrowed.release();
    await expect(scene.engine.containers.inspect(id)).rejects.toMatchObject({ kind: "not-found" });
  });

  test("shows the limits that its container really has", async () => {
    await scene.start("Ada");
    await scene.run("Ada", "echo 1234567 > /cake/note");
    const real = await scene.sandboxes.limits(ada.id);
    expect(real).toMatchObject({
      memory: 64 * 1024 * 1024,
      swap: 0,
      cpus: 0.5,
      pids: 64,
      network: "none",
      layerUsed: 8,
    });
  });

  test("is put beside another one only when the other person agrees", async () => {
    await scene.start("Ada");
    const lin = await scene.start("Lin");
    await expect(scene.sandboxes.offer(ada, place, "Nobody")).rejects.toThrow(/Nobody called/);
    const { id, asked } = await scene.sandboxes.offer(ada, place, "@lin");
    expect(asked.container).toBe(lin.container);
    await expect(scene.sandboxes.agree(ada, place, id)).rejects.toThrow(/Only the person/);
    const elsewhere = { ...place, workspace: "another" };
    await expect(scene.sandboxes.agree(person("Lin"), elsewhere, id)).rejects.toThrow(/another server or workspace/);
    const views = await scene.sandboxes.agree(person("Lin"), place, id);
    expect(views.map(({ name }) => name)).toEqual(["Ada", "Lin"]);
    await expect(scene.sandboxes.agree(person("Lin"), place, id)).rejects.toThrow(/run out/);
  });

  test("is started from the shared image, and from no other that is not allowed", async () => {
    const start = async () => {
      for await (const _ of scene.sandboxes.start(ada, place, { image: "bakehouse-base" }));
    };
    await expect(start()).rejects.toThrow(/`cake` here, and from nothing else/);
  });

  test("says what happened when its main process was killed, and goes on with its files", async () => {
    const view = await scene.start("Ada");
    await scene.run("Ada", "echo hi > /cake/note");
    await scene.engine.containers.kill(view.container);
    const { text, outcome } = await scene.run("Ada", "cat /cake/note");
    expect(text).toBe("hi\n");
    expect(outcome.notice).toContain("had stopped");
  });

  test("is made anew when its container is gone, and its learner is told", async () => {
    const view = await scene.start("Ada");
    await scene.engine.containers.remove(view.container, { force: true });
    const { text, outcome } = await scene.run("Ada", "ls /cake");
    expect(text).toBe("recipe\ntopping\n");
    expect(outcome.notice).toContain("gone");
  });

  async function instance(): Promise<string> {
    const row = await scene.store.read.selectFrom("sandbox_host").selectAll().executeTakeFirstOrThrow();
    return row.value;
  }
});
