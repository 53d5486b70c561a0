import type { Kysely } from "kysely";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { readInsights } from "../../src/feedback/insights.ts";
import { leaderboard, topOf } from "../../src/quiz/record/leaderboard.ts";
import { shownNameOf } from "../../src/quiz/record/learners.ts";
import { dueReviews, missedReviews } from "../../src/quiz/record/reviews.ts";
import { weekOf } from "../../src/quiz/record/week.ts";
import { activeRound, contentOf, liveRounds, picksOf, readRound } from "../../src/quiz/round/round-rows.ts";
import { missedConcepts, roundBoard } from "../../src/quiz/round/scoring.ts";
import type { Store, Tables } from "../../src/store/store.ts";
import { fillStore } from "../harness/fill.ts";
import { openStore } from "../harness/open-store.ts";
import { plansOf, scans } from "../harness/plans.ts";
import { hasPostgres, openPostgresForRun } from "../harness/postgres.ts";
import { freshFolder } from "../store/places.ts";

const queries: Record<string, (db: Kysely<Tables>, store: Store) => Promise<unknown>> = {
  "top 10 of all time": (db) => topOf(db, "load:1", null),
  "top 10 of the week": (db, store) => topOf(db, "load:1", weekOf(store.now())),
  "a learner's rank": (db) => leaderboard(db, "load:1", null, "load:11"),
  "due reviews": (db, store) => dueReviews(db, "load:7", store.now()),
  "missed reviews": (db) => missedReviews(db, "load:7"),
  "a round by its id": (db) => readRound(db, "r1"),
  "the questions of a round": (db) => contentOf(db, "r1"),
  "the quiz of a channel": (db) => activeRound(db, ["chat:bakery/oven"]),
  "rounds to go on with": (db) => liveRounds(db),
  "what was chosen": (db) => picksOf(db, "r5-3", 0),
  "the scoreboard of a round": (db) => roundBoard(db, "r5-3"),
  "what a round missed": (db) => missedConcepts(db, "r5-3"),
  "a learner's name": (db) => shownNameOf(db, "load:7"),
  "a learner's last answers": (db) =>
    db
      .selectFrom("answer")
      .select(["question", "at"])
      .where("learner", "=", "load:7")
      .orderBy("at", "desc")
      .limit(1000)
      .execute(),
  "one answer": (db) =>
    db
      .selectFrom("answer")
      .select("choice")
      .where("round", "=", "r5-3")
      .where("position", "=", 0)
      .where("learner", "=", "load:5")
      .execute(),
  "whether anybody is waited for": (db) =>
    db
      .selectFrom("round_player")
      .select("learner")
      .where("round", "=", "r1")
      .where("waiting", "=", 1)
      .where("answered", "<", 1)
      .limit(1)
      .execute(),
  "recent questions of a channel": (db) =>
    db.selectFrom("asked").select("question").where("channel", "=", "c").where("at", ">", 0).execute(),
  insights: (db, store) => readInsights(db, "load:1", { since: 0, week: weekOf(store.now()) }),
};

function plans(engine: string, place: () => Promise<Parameters<typeof openStore>[0]>): void {
  describe(`plans with 100,000 answers (${engine})`, () => {
    let store: Store;
    beforeAll(async () => {
      store = await openStore(await place());
      await fillStore(store, 100_000);
    }, 60_000);
    afterAll(() => store.close());
    for (const [name, query] of Object.entries(queries)) {
      it(`${name}: by index`, async () => {
        const found = await plansOf(store, (db) => query(db, store));
        expect(found.length).toBeGreaterThan(0);
        expect(scans(found)).toEqual([]);
      });
    }
    it("a rank is exact however many are above, and counted along the index alone", async () => {
      const rows = Array.from({ length: 7000 }, (_, n) => ({
        ...{ workspace: "big", learner: `big:${n}` },
        ...{ points: n, answers: n },
      }));
      await store.write(async (tx) => {
        for (let from = 0; from < rows.length; from += 1000)
          await tx
            .insertInto("score")
            .values(rows.slice(from, from + 1000))
            .execute();
      });
      const { mine } = await leaderboard(store.read, "big", null, "big:1000");
      expect(mine).toEqual({ points: 1000, rank: 6000 });
      const found = await plansOf(store, (db) => leaderboard(db, "big", null, "big:1000"));
      if (store.kind === "sqlite")
        expect(found).toContain("SEARCH score USING COVERING INDEX score_top (workspace=? AND points>?)");
    });
    it("a query without an index is noticed", async () => {
      const found = await plansOf(store, (db) =>
        db.selectFrom("answer").select("choice").where("choice", "=", 9).execute(),
      );
      expect(scans(found)).toHaveLength(1);
    });
  });
}

plans("SQLite", freshFolder);

if (hasPostgres()) {
  let server: Awaited<ReturnType<typeof openPostgresForRun>>;
  beforeAll(async () => {
    server = await openPostgresForRun();
  });
  afterAll(() => server.stop());
  plans("PostgreSQL", async () => ({ databaseUrl: await server.database() }));
}
