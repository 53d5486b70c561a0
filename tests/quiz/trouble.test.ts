import { join } from "node:path";
import { DatabaseSync } from "node:sqlite";
import { sql } from "kysely";
import { afterEach, describe, expect, it } from "vitest";
import { sqliteFile } from "../../src/store/sqlite.ts";
import { hasPostgres, startPostgres } from "../harness/postgres.ts";
import { createClock, freshFolder, type StorePlace } from "../store/places.ts";
import { openWorld, textOf, type World } from "./world.ts";

const open: World[] = [];
afterEach(async () => {
  for (const world of open.splice(0)) await world.kill().catch(() => {});
});

async function quizOn(place: StorePlace): Promise<World> {
  const world = await openWorld(place, createClock());
  open.push(world);
  await world.say("Ada", "quiz start topic:image-tags questions:1");
  await world.pick("Ada", "right");
  return world;
}

const answers = async ({ store }: World) => (await store.read.selectFrom("answer").select("learner").execute()).length;

describe("trouble with the store in the middle of a round", () => {
  it("a full disk: a sentence, nothing changed, and the same press counts once there is room", async () => {
    const world = await quizOn(await freshFolder());
    const limit = (pages: number) => world.store.write((tx) => sql.raw(`pragma max_page_count = ${pages}`).execute(tx));
    await limit(1);
    const long = "x".repeat(400);
    let said = "";
    for (let person = 0; person < 200 && !said.includes("disk is full"); person += 1) {
      said = textOf(await world.pick(`${long}${person}`, "right"));
    }
    expect(said).toContain("I cannot save anything: the disk is full. Nothing was changed.");
    const before = await answers(world);
    await limit(1_000_000_000);
    expect(textOf(await world.pick("Lin", "wrong"))).toContain("You chose");
    expect(await answers(world)).toBe(before + 1);
  });

  it("a locked database: a sentence, nothing changed, and afterwards it works", async () => {
    const place = await freshFolder();
    const world = await quizOn(place);
    const other = new DatabaseSync(join(place.dataDir, sqliteFile), { timeout: 5000 });
    other.exec("begin immediate");
    const waiting = world.pick("Lin", "right");
    expect(textOf(await waiting)).toContain("or it has too much to do. Nothing was changed");
    other.exec("rollback");
    other.close();
    expect(textOf(await world.pick("Lin", "right"))).toContain("You chose");
    expect(await answers(world)).toBe(2);
  }, 40_000);

  it.runIf(hasPostgres())(
    "PostgreSQL goes down: what was confirmed is kept, the press in between gets a sentence or counts once",
    async () => {
      const server = await startPostgres();
      try {
        const world = await quizOn({ databaseUrl: await server.database() });
        const during = world.pick("Lin", "right", { event: "during" });
        await server.crash();
        expect(textOf(await during)).toMatch(/You chose|I cannot reach my database/);
        expect(textOf(await world.pick("Lin", "right", { event: "during" }))).toContain("You chose");
        expect(await answers(world)).toBe(2);
        await world.pass(180_000);
        expect(await world.store.read.selectFrom("score").select("points").execute()).toEqual([
          { points: 1 },
          { points: 1 },
        ]);
      } finally {
        for (const world of open.splice(0)) await world.kill().catch(() => {});
        await server.stop();
      }
    },
    60_000,
  );
});
