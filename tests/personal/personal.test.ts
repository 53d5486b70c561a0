import { sql } from "kysely";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { press } from "../../src/core/reply.ts";
import { saveProgress } from "../../src/labs/progress.ts";
import { parts } from "../../src/parts.ts";
import { noteSeen } from "../../src/path/seen.ts";
import { personalOf } from "../../src/store/part.ts";
import type { Store } from "../../src/store/store.ts";
import { openWorld, textOf, type World } from "../quiz/world.ts";
import { createClock, freshFolder } from "../store/places.ts";
import "../../src/sandbox/life/rows.ts";

let world: World;
beforeEach(async () => {
  world = await openWorld(await freshFolder(), createClock());
  await leaveTraces(world);
});
afterEach(() => world.kill());

/** Has Ada leave something in every part. */
async function leaveTraces({ say, pick, pass, run, store }: World) {
  await say("Ada", "quiz start topic:image-tags questions:1");
  await pick("Ada", "right");
  await pick("Lin", "right");
  await pass(120_000);
  await pick("Ada", "wrong", { on: await say("Ada", "quiz solo") });
  await say("Ada", "feedback image-layers too long for me");
  await run("Ada", press("share", { of: "image-tags.writable-layer", level: "beginner" }));
  await run("Mod", press("settings moderators", { change: "add", who: "ada" }));
  const at = store.now();
  await noteSeen(store, "chat:ada", "concept", "image-tags");
  await store.write(async (tx) => {
    await saveProgress(tx, { person: "chat:ada", lab: "first", step: 1, hints: 0, done: 0, at });
    await tx.insertInto("sandbox_past").values({ learner: "chat:ada", why: "it was idle", at }).execute();
    await tx
      .insertInto("sandbox_offer")
      .values([
        { id: "1", asker: "chat:ada", asked: "chat:lin", at },
        { id: "2", asker: "chat:lin", asked: "chat:ada", at },
      ])
      .execute();
    await tx
      .insertInto("unanswered")
      .values({
        id: "1",
        workspace: "chat:bakery",
        learner: "chat:ada",
        question: "?",
        outcome: "unsure",
        nearest: null,
        at,
      })
      .execute();
  });
}

/** The tables in which a text stands somewhere. */
async function tablesWith(store: Store, needle: string): Promise<string[]> {
  const names = await sql<{ name: string }>`select name from sqlite_master where type = 'table'`.execute(store.read);
  const found: string[] = [];
  for (const { name } of names.rows) {
    const { rows } = await sql`select * from ${sql.table(name)}`.execute(store.read);
    if (JSON.stringify(rows).includes(needle)) found.push(name);
  }
  return found.sort();
}

describe("what is kept of a person", () => {
  it("is exported whole: every part tells what it has", async () => {
    const file = (await world.say("Ada", "progress export")).blocks.find(({ kind }) => kind === "file");
    const data = JSON.parse(file?.kind === "file" ? file.text : "{}");
    expect(Object.keys(data)).toEqual(["exported", "person", ...personalOf(parts).map(({ name }) => name)]);
    expect(data).toMatchObject({
      person: "chat:ada",
      quiz: {
        profile: [{ name: "Ada" }],
        answers: [{}, {}],
        played: [{}],
        scores: [{ points: 1 }],
        weeks: [{ points: 1 }],
        openQuiz: [{}],
        startedQuizzes: [{ topic: "image tags" }],
        plannedDailyQuestions: [],
      },
      feedback: { verdicts: [{ comment: "too long for me" }], unansweredQuestions: [{}] },
      labs: { progress: [{ lab: "first", step: 1 }] },
      path: { seen: [{ kind: "concept", item: "image-tags" }] },
      sandbox: { running: [], last: [{ why: "it was idle" }], wishesToCompare: [{}, {}] },
      sharing: { shared: [{}] },
      settings: { moderatorIn: [{ workspace: "chat:bakery" }] },
    });
    expect(data.quiz.reviews.length).toBeGreaterThan(0);
  });

  it("is forgotten whole: nothing names the person any more but what ends by itself", async () => {
    // What was handled is kept for 48 hours, what the bot posted for 30 days: PRIVACY.md says so.
    const passing = ["event", "outbox"];
    const before = await tablesWith(world.store, "chat:ada");
    expect(before.filter((table) => !passing.includes(table))).toEqual([
      "answer",
      "feedback",
      "lab_progress",
      "learner",
      "moderator",
      "path_seen",
      "review",
      "round",
      "round_player",
      "sandbox_offer",
      "sandbox_past",
      "score",
      "score_week",
      "solo",
      "unanswered",
    ]);
    expect(textOf(await world.say("Ada", "progress forget sure:yes"))).toContain("I keep nothing about you");
    expect((await tablesWith(world.store, "chat:ada")).filter((table) => table !== "event")).toEqual([]);
    expect(await tablesWith(world.store, "chat:lin")).toContain("answer");
  });

  it("is deleted in one piece: when a part fails, nothing is gone", async () => {
    await world.store.write((tx) => sql`drop table lab_progress`.execute(tx));
    expect(textOf(await world.say("Ada", "progress forget sure:yes"))).toContain("Something went wrong");
    expect(await tablesWith(world.store, "chat:ada")).toEqual(expect.arrayContaining(["answer", "review", "learner"]));
  });
});
