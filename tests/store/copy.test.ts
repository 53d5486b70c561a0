import { spawnSync } from "node:child_process";
import { join } from "node:path";
import { DatabaseSync } from "node:sqlite";
import { fileURLToPath } from "node:url";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { copyStore } from "../../src/store/copy.ts";
import "../../src/quiz/tables.ts";
import { createLeases } from "../../src/store/leases.ts";
import { createOutbox } from "../../src/store/outbox.ts";
import { sqliteFile } from "../../src/store/sqlite.ts";
import type { Store } from "../../src/store/store.ts";
import { createTimers } from "../../src/store/timers.ts";
import { migrations, openStore } from "../harness/open-store.ts";
import { hasPostgres, openPostgresForRun } from "../harness/postgres.ts";
import { createOpener, freshFolder } from "./places.ts";
import { channel, createRecorder, say } from "./recorder.ts";

/** Numbers of every kind: whole and broken, written with and without a point. */
const review = {
  ...{ learner: "chat:zoë", concept: "image-layers", due_at: 1_767_600_000_123, stability: 2.3065, difficulty: 3 },
  ...{ reps: 2, lapses: 0, state: 2, last_at: 1_767_500_000_000, asked: 3, correct: 1, missed: null },
};

describe.skipIf(!hasPostgres())("copying a store from SQLite to PostgreSQL", () => {
  const { open } = createOpener();
  let server: Awaited<ReturnType<typeof openPostgresForRun>>;
  beforeAll(async () => {
    server = await openPostgresForRun();
  });
  afterAll(() => server.stop());

  const parts = (store: Store) => {
    const recorder = createRecorder();
    const outbox = createOutbox(store, {
      leases: createLeases(store),
      platforms: new Map([["chat", recorder.carrier]]),
    });
    return { recorder, outbox, timers: createTimers(store) };
  };

  /** A SQLite store with something of everything, closed. */
  async function filled() {
    const place = await freshFolder();
    const store = await openStore(place);
    const { outbox, timers } = parts(store);
    for (let index = 0; index < 1201; index++) await store.once(`chat:${index}`, async () => `Zoë 🧁 ${index}`);
    await store.write(async (tx) => {
      await timers.set(tx, { id: "soon", kind: "ring", dueAt: 5, payload: { round: 1 } });
      await outbox.post(tx, { key: "first", place: channel, reply: say("first") });
    });
    await store.write((tx) => tx.insertInto("review").values(review).execute());
    await outbox.flush();
    await store.write((tx) => outbox.edit(tx, { message: "first", reply: say("edited") }));
    await store.close();
    return place;
  }

  it("brings every row over, and the copy goes on where the original stopped", async () => {
    const source = await filled();
    const databaseUrl = await server.database();
    const copied = await copyStore(source.dataDir, databaseUrl, migrations);
    expect(copied.find(({ table }) => table === "event")?.rows).toBe(1201);
    const store = await open({ databaseUrl });
    expect(await store.once("chat:1200", async () => "new")).toEqual({ again: true, value: "Zoë 🧁 1200" });
    expect(await store.read.selectFrom("review").selectAll().execute()).toEqual([review]);
    const { recorder, outbox, timers } = parts(store);
    await outbox.flush();
    expect(recorder.lines).toEqual(["edit 1 edited"]);
    const rung: unknown[] = [];
    timers.on("ring", async ({ payload }) => void rung.push(payload));
    await timers.fireDue();
    expect(rung).toEqual([{ round: 1 }]);
  });

  it("refuses a target that has rows, and changes nothing there", async () => {
    const source = await filled();
    const databaseUrl = await server.database();
    const target = await open({ databaseUrl });
    await target.once("mine", async () => "mine");
    await expect(copyStore(source.dataDir, databaseUrl, migrations)).rejects.toThrow(
      "is not empty (it has rows in `event`)",
    );
    expect(await target.read.selectFrom("event").select("key").execute()).toEqual([{ key: "mine" }]);
  });

  it("refuses a source at another migration", async () => {
    const source = await filled();
    const file = new DatabaseSync(join(source.dataDir, sqliteFile));
    file.exec("delete from migration where name = '0001-store'");
    file.close();
    await expect(copyStore(source.dataDir, await server.database(), migrations)).rejects.toThrow(
      "not at the same version",
    );
  });

  it("can be asked for on the command line, and says what is missing", async () => {
    const source = await filled();
    const program = fileURLToPath(new URL("../../scripts/store.ts", import.meta.url));
    const run = (job: string[], env: Record<string, string>) =>
      spawnSync(process.execPath, [program, ...job], {
        env: { PATH: process.env.PATH ?? "", ...env },
        encoding: "utf8",
      });
    const copied = run(["copy"], { DATA_DIR: source.dataDir, DATABASE_URL: await server.database() });
    expect(copied.stdout).toContain("event: 1201 rows");
    expect(copied.status).toBe(0);
    const wrong = run(["copy"], { DATA_DIR: source.dataDir });
    expect([wrong.status, wrong.stderr]).toEqual([1, expect.stringContaining("Set DATABASE_URL")]);
    const saved = run(["backup", join(source.dataDir, "saved.db")], { DATA_DIR: source.dataDir });
    expect([saved.status, saved.stderr]).toEqual([0, ""]);
    expect(run([], {}).status).toBe(2);
  });
});
