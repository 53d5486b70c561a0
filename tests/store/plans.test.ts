import { type CompiledQuery, sql } from "kysely";
import { Client } from "pg";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { planOf } from "../../bench/plan.ts";
import { leaderboard, topOf } from "../../src/quiz/record/leaderboard.ts";
import { dueReviews, recordReviews } from "../../src/quiz/record/reviews.ts";
import { weekOf } from "../../src/quiz/record/week.ts";
import { prune } from "../../src/store/housekeeping.ts";
import { createInbox } from "../../src/store/inbox.ts";
import { createLeases } from "../../src/store/leases.ts";
import { createOutbox } from "../../src/store/outbox.ts";
import type { Store } from "../../src/store/store.ts";
import { createTimers } from "../../src/store/timers.ts";
import { fillStore } from "../harness/fill.ts";
import { openStore } from "../harness/open-store.ts";
import { hasPostgres, openPostgresForRun } from "../harness/postgres.ts";
import { freshFolder, type StorePlace } from "./places.ts";
import { channel, createRecorder, say } from "./recorder.ts";

/** Rows in it are few, whatever the bot has lived through. */
const small = ["lease", "sqlite_autoindex_lease_1", "lease_pkey", "migration"];

/** How queries are answered with 100,000 answers in the store. */
function planTests(fresh: () => Promise<StorePlace>) {
  const queries: CompiledQuery[] = [];
  let store: Store;
  beforeAll(async () => {
    const place = await fresh();
    store = await openStore({ ...place, onQuery: (query) => void queries.push(query) });
    await fillStore(store, 100_000);
    await fillOwn(store);
    if ("databaseUrl" in place) await vacuum(place.databaseUrl);
  });
  afterAll(() => store.close());

  /** The plans of everything that `job` asks. */
  async function plansOf(job: () => Promise<unknown>, run = false) {
    queries.length = 0;
    await job();
    const asked = queries.filter(({ sql }) => /^(select|insert|update|delete|with)/.test(sql));
    expect(asked.length).toBeGreaterThan(0);
    return Promise.all(asked.map(async (query) => ({ sql: query.sql, ...(await planOf(store, query, run)) })));
  }

  async function expectNoScan(job: () => Promise<unknown>) {
    const plans = await plansOf(job);
    const scanning = plans.filter(({ scans }) => scans.some((scanned) => !small.includes(scanned)));
    expect(scanning).toEqual([]);
    return plans.flatMap(({ indexes }) => indexes);
  }

  it("the top 10 comes from its index alone", async () => {
    for (const [week, index] of [
      [null, "score_top"],
      [weekOf(store.now()), "score_week_top"],
    ] as const) {
      const [scores, people] = await plansOf(() => topOf(store.read, "load:1", week), true);
      expect(scores).toMatchObject({ indexes: [index], indexOnly: true, scans: [] });
      expect(people?.scans).toEqual([]);
      if (store.kind === "postgres") expect(scores?.buffers).toBeLessThanOrEqual(40);
    }
  });

  it("a learner's due reviews come from their index", async () => {
    const [plan] = await plansOf(() => dueReviews(store.read, "load:77", store.now()), true);
    expect(plan).toMatchObject({ indexes: ["review_due"], scans: [] });
    if (store.kind === "postgres") expect(plan?.buffers).toBeLessThanOrEqual(40);
  });

  it("one's own place on the leaderboard is found without reading a table", async () => {
    await expectNoScan(() => leaderboard(store.read, "load:1", null, "load:775"));
  });

  it("reviews are planned without reading a table", async () => {
    const people = [{ learner: "load:5", outcome: "wrong" as const }];
    const asked = { concept: "concept-3", question: "question-1", at: store.now() };
    await expectNoScan(() => store.write((tx) => recordReviews(tx, asked, people)));
  });

  it("an event is looked up by its key", async () => {
    const event = () => store.once("chat:event:77", async () => undefined);
    expect(await expectNoScan(event)).toContain(store.kind === "sqlite" ? "sqlite_autoindex_event_1" : "event_pkey");
  });

  it("timers are found by their moment, whatever has fired before", async () => {
    const timers = createTimers(store);
    timers.on("ring", async () => {});
    const ring = async () => {
      await store.write(async (tx) => {
        for (const id of ["one", "two"]) await timers.set(tx, { id, kind: "ring", dueAt: store.now() });
        await timers.cancel(tx, "two");
      });
      await timers.fireDue();
    };
    expect(await expectNoScan(ring)).toContain("timer_due");
  });

  it("the outbox sends without reading what it has sent before", async () => {
    const { carrier } = createRecorder();
    const outbox = createOutbox(store, { leases: createLeases(store), platforms: new Map([["chat", carrier]]) });
    const send = async () => {
      await store.write(async (tx) => {
        await outbox.post(tx, { key: "m", place: channel, reply: say("m") });
        await outbox.openThread(tx, { key: "t", under: "m", title: "T" });
        await outbox.post(tx, { key: "in t", place: { thread: "t" }, reply: say("in t") });
      });
      await outbox.flush();
      await store.write((tx) => outbox.edit(tx, { message: "m", reply: say("again") }));
      await outbox.flush();
      await outbox.find("m");
    };
    const indexes = await expectNoScan(send);
    expect(indexes).toContain("outbox_waiting");
    expect(indexes).toContain("outbox_seq");
  });

  it("pruning reads only what it deletes", async () => {
    const indexes = await expectNoScan(() => prune(store));
    expect(indexes).toEqual(expect.arrayContaining(["event_at", "timer_done", "outbox_done", "inbox_until"]));
  });

  it("the inbox is read for what is left without reading what was answered", async () => {
    const inbox = createInbox(store, { leases: createLeases(store) });
    const told = { key: "new", platform: "chat", workspace: "bakery", body: "{}", worthMs: 1000 };
    const take = async () => {
      await inbox.knows("new");
      await inbox.keep(told);
      await inbox.note("new", 1);
      await Array.fromAsync(inbox.left("chat"));
      await inbox.done(told);
    };
    expect(await expectNoScan(take)).toContain("inbox_waiting");
  });

  it("what people ask about themselves is found by their name", async () => {
    const mine = "load:42";
    const answers = store.read
      .selectFrom("answer")
      .select("question")
      .where("learner", "=", mine)
      .orderBy("at", "desc");
    expect(await expectNoScan(() => answers.limit(1000).execute())).toContain("answer_learner");
    const indexes = await expectNoScan(() =>
      store.write(async (tx) => {
        for (const table of ["answer", "score", "score_week", "review", "round_player"] as const) {
          await tx.deleteFrom(table).where("learner", "=", mine).execute();
        }
      }),
    );
    expect(indexes).toEqual(expect.arrayContaining(["score_learner", "score_week_learner", "round_player_learner"]));
  });
}

/** What the store itself has kept of the last days: 20,000 events, fired timers and sent messages. */
async function fillOwn(store: Store) {
  const series =
    store.kind === "postgres"
      ? sql`generate_series(1, 20000) as s (n)`
      : sql`(with recursive s (n) as (select 1 union all select n + 1 from s where n < 20000) select n from s)`;
  const at = sql.lit(store.now());
  await store.write(async (tx) => {
    await sql`insert into event (key, at) select 'chat:event:' || n, ${at} - n from ${series}`.execute(tx);
    await sql`insert into timer (id, kind, payload, set_for, due_at, state, attempts)
      select 'old ' || n, 'ring', 'null', ${at} - n, ${at} - n, 1, 0 from ${series}`.execute(tx);
    await sql`insert into outbox (key, kind, seq, lane, platform, content, version, sent, ref, state, attempts, due_at, at)
      select 'old ' || n, 'message', n, 'old', 'chat', '', 1, 1, '{}', 1, 0, 0, ${at} - n from ${series}`.execute(tx);
    await sql`insert into inbox (key, platform, workspace, body, owner, begun, state, at, until)
      select 'old ' || n, 'chat', 'chat:bakery', '', 'one', 1, 1, ${at} - n, ${at} + 1000000000 + n from ${series}`.execute(
      tx,
    );
  });
}

/** Does at once what PostgreSQL's autovacuum does in time: index-only reads need it. */
async function vacuum(databaseUrl: string) {
  const client = new Client({ connectionString: databaseUrl });
  await client.connect();
  await client.query("vacuum analyze");
  await client.end();
}

describe("query plans on SQLite", () => planTests(freshFolder));

describe.skipIf(!hasPostgres())("query plans on PostgreSQL", () => {
  let server: Awaited<ReturnType<typeof openPostgresForRun>>;
  beforeAll(async () => {
    server = await openPostgresForRun();
  });
  afterAll(() => server.stop());
  planTests(async () => ({ databaseUrl: await server.database() }));
});
