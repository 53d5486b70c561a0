import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { fileURLToPath } from "node:url";
import quizControls from "../commands/quiz-controls.ts";
import type { Caller, Place, Services } from "../src/core/context.ts";
import { createApp } from "../src/core/dispatch.ts";
import { silentLog } from "../src/core/log.ts";
import { loadCurriculum } from "../src/curriculum/load.ts";
import { createQuiz } from "../src/quiz/quiz.ts";
import { createLeases } from "../src/store/leases.ts";
import { createOutbox } from "../src/store/outbox.ts";
import type { Store, StoreOptions } from "../src/store/store.ts";
import { createTimers } from "../src/store/timers.ts";
import { openStore } from "../tests/harness/open-store.ts";
import { report, spread } from "./measure.ts";

const content = fileURLToPath(new URL("../content", import.meta.url));
const learners = 1000;
const within = 5000;
const place: Place = { platform: "bench", workspace: "bench", channel: "bench" };

/** 1,000 learners answer one question within 5 s in one channel on SQLite, beside a bare transaction that arrives in the same way. */
export async function benchLoad(): Promise<void> {
  const dataDir = mkdtempSync(join(tmpdir(), "bakehouse-load-"));
  const bench = await openQuizBench({ dataDir });
  const round = await bench.openRound();
  const bare: number[] = [];
  const whole: number[] = [];
  await Promise.all([
    arrive(async (n) => {
      whole.push(await timed(() => bench.answer(`learner-${n}`, round, n % 4)));
    }),
    arrive(async (n) => {
      bare.push(await timed(() => bareAnswer(bench.store, `bare-${n}`)));
    }),
  ]);
  const reveal = await timed(() => bench.reveal());
  const rows = await bench.store.read.selectFrom("answer").select("learner").where("round", "=", round).execute();
  const [app, transaction] = [spread(whole), spread(bare)];
  report("load", {
    unit: "ms",
    learners,
    recorded: rows.length,
    all_recorded: rows.length === learners,
    ack_p50: app.p50,
    ack_p99: app.p99,
    bare_p50: transaction.p50,
    bare_p99: transaction.p99,
    ratio_p50: app.p50 / transaction.p50,
    reveal,
  });
  await bench.close();
  rmSync(dataDir, { recursive: true, force: true });
}

/** The smallest thing that could count as an answer: the event's key and the row, in one transaction. */
export function bareAnswer(store: Store, learner: string): Promise<unknown> {
  return store.once(`bare:${learner}`, async (tx) => {
    const row = { workspace: "bench", kind: "timed", question: "q", concept: "c", choice: 1, changes: 0, hinted: 0 };
    await tx
      .insertInto("answer")
      .values({ round: "bare", position: 0, learner, ...row, correct: null, at: store.now() })
      .execute();
  });
}

async function arrive(one: (n: number) => Promise<void>): Promise<void> {
  await Promise.all(
    Array.from({ length: learners }, async (_, n) => {
      await sleep(Math.random() * within);
      await one(n);
    }),
  );
}

/** How long `work` takes, in ms. */
export async function timed(work: () => Promise<unknown>): Promise<number> {
  const start = performance.now();
  await work();
  return performance.now() - start;
}

/** The real quiz with a platform that takes everything at once. */
export async function openQuizBench(options: Omit<StoreOptions, "migrations">) {
  const store = await openStore(options);
  const leases = createLeases(store);
  const timers = createTimers(store);
  let posts = 0;
  const carrier = {
    post: async (at: Place) => {
      posts += 1;
      return { place: at, id: `m${posts}` };
    },
    edit: async () => {},
    openThread: async () => ({ ...place, thread: "t" }),
  };
  const outbox = createOutbox(store, { leases, platforms: new Map([["bench", carrier]]) });
  const curriculum = { current: loadCurriculum({ dirs: [content] }) };
  const quiz = createQuiz({ store, timers, outbox, leases, curriculum, log: silentLog });
  const app = createApp({
    commands: quizControls,
    services: { quiz } as unknown as Services,
    now: Date.now,
    log: silentLog,
  });
  let events = 0;
  await leases.start();
  await quiz.start();
  await timers.start();
  await outbox.start();

  const callerOf = (name: string): Caller => {
    events += 1;
    const person = { id: `bench:${name}`, name, moderator: false };
    return { person, place, locale: "en", event: `bench-${Date.now()}-${events}` };
  };

  return {
    store,
    /** Starts a quiz without a clock and waits until its question is open. */
    async openRound(): Promise<string> {
      const topic = { label: "everything", concepts: null };
      const start = { topic, level: "mixed", count: 1, pace: "none", mode: "timed", lobby: false } as const;
      await quiz.rounds.start(callerOf("host"), start);
      for (;;) {
        const row = await store.read
          .selectFrom("round")
          .select(["id", "state"])
          .where("live", "=", 1)
          .orderBy("at", "desc")
          .executeTakeFirst();
        if (row && JSON.parse(row.state).phase.name === "open") return row.id;
        await sleep(5);
      }
    },
    /** One press through the dispatcher. Throws when it was refused. */
    async answer(name: string, round: string, choice: number): Promise<void> {
      const invocation = { command: "quiz answer", options: { round, q: "0", choice: String(choice) } };
      for await (const reply of app.dispatch({ ...invocation, caller: callerOf(name) })) {
        if (!JSON.stringify(reply).includes("You chose")) throw new Error(`refused: ${JSON.stringify(reply)}`);
      }
    },
    /** Closes the question: counts every answer and plans every review. */
    async reveal(): Promise<void> {
      await quiz.rounds.go(callerOf("host"));
    },
    async close() {
      await quiz.stop();
      await timers.stop();
      await outbox.stop();
      await leases.stop();
      await store.close();
    },
  };
}
