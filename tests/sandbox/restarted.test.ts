import { describe, expect, test } from "vitest";
import { engine } from "../harness/engine.ts";
import { openStore } from "../harness/open-store.ts";
import { openTestSandboxes, person } from "../harness/sandboxes.ts";

describe.skipIf(!engine)("a restarted bot", () => {
  test("keeps learners' sandboxes, brings stopped ones back, replaces lost ones and removes what is nobody's", async () => {
    const first = await openTestSandboxes({ settings: { pool: 2 } });
    const views = { ada: await first.start("Ada"), lin: await first.start("Lin"), sam: await first.start("Sam") };
    await first.run("Ada", "echo hi > /cake/note");
    await first.run("Lin", "echo hi > /cake/note");
    await first.abandon();
    await first.engine.containers.kill(views.lin.container);
    await first.engine.containers.remove(views.sam.container, { force: true });
    const { value } = await readInstance(first.dataDir);
    const orphan = await first.engine.containers.create({
      ...{ name: `${value}-orphan`, image: views.ada.image, purpose: "pool", instance: value, slot: 77 },
    });

    const second = await openTestSandboxes({ dataDir: first.dataDir });
    expect((await second.sandboxes.find(person("Ada").id))?.container).toBe(views.ada.container);
    expect((await second.run("Ada", "cat /cake/note")).text).toBe("hi\n");
    const lin = await second.run("Lin", "cat /cake/note");
    expect(lin).toMatchObject({ text: "hi\n", outcome: { notice: expect.stringContaining("had stopped") } });
    const sam = await second.run("Sam", "ls /cake");
    expect(sam).toMatchObject({ text: "recipe\ntopping\n", outcome: { notice: expect.stringContaining("lost") } });
    await expect(second.engine.containers.inspect(orphan)).rejects.toMatchObject({ kind: "not-found" });
    await second.close();
    const left = await second.engine.containers.list({ labels: [`tutor.instance=${value}`] });
    expect(left).toEqual([]);
  });
});

async function readInstance(dataDir: string): Promise<{ value: string }> {
  const store = await openStore({ dataDir });
  const row = await store.read.selectFrom("sandbox_host").selectAll().executeTakeFirstOrThrow();
  await store.close();
  return row;
}
