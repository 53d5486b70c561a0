import { type RawBuilder, sql } from "kysely";
import { Client } from "pg";
import type { Store } from "../src/store/store.ts";

const day = 86_400_000;
/** Rows written in one transaction. */
const lot = 250_000;

/**
 * Fills an empty store with `answers` answers and everything that goes with them, by SQL alone: a learner per 50 answers, a round per 100,
 * 100 learners to a workspace, and one workspace, `chat:big`, with a fifth of all learners.
 */
export async function loadAnswers(store: Store, answers: number): Promise<void> {
  const learners = answers / 50;
  const workspaces = Math.max(1, Math.floor(learners / 100));
  const now = store.now();
  const learner = (l: string) => `'chat:' || cast(10000000 + ${l} as text)`;
  const round = (r: string) => `'r' || cast(10000000 + ${r} as text)`;
  const workspace = (l: string) =>
    `case when ${l} % 5 = 0 then 'chat:big' else 'chat:w' || cast(${l} % ${workspaces} as text) end`;

  /** Inserts `rows` rows into `table`; each column is an expression over the row's number `i`. */
  async function fill(table: string, rows: number, columns: Record<string, string>) {
    const names = sql.raw(Object.keys(columns).join(", "));
    const values = sql.raw(Object.values(columns).join(", "));
    for (let from = 0; from < rows; from += lot) {
      const to = Math.min(rows, from + lot);
      await store.write((tx) =>
        sql`insert into ${sql.raw(table)} (${names}) select ${values} from ${series(store.kind, from, to)}`.execute(tx),
      );
    }
  }

  await fill("learner", learners, {
    id: learner("i"),
    name: "'Learner ' || cast(i as text)",
    named: "case when i % 3 = 0 then 1 else 0 end",
    alias: "'learner-' || cast(i as text)",
    ...{ days: "3", day: "'2026-01-01'", level: "'easy'", run: "0" },
    at: `${now - 300 * day}`,
  });
  await fill("round", answers / 100, {
    id: round("i"),
    workspace: workspace("(i / 5 * 10)"),
    channel: "'chat:c' || cast(i % 1000 as text)",
    ...{
      mode: "'timed'",
      starter: learner("(i / 5 * 10)"),
      topic: "'all topics'",
      level: "'mixed'",
      pace: "'relaxed'",
    },
    ...{ place: "'{}'", state: "'{}'", content: "'[]'", live: "0" },
    at: `${now - 300 * day} + i`,
  });
  await fill("round_player", answers / 10, {
    round: round("(i / 10)"),
    learner: learner("(i / 50 * 10 + i % 10)"),
    ...{ waiting: "1", answered: "9", hinted: "-1" },
  });
  const answerer = "(i / 500 * 10 + i % 10)";
  await fill("answer", answers, {
    round: round("(i / 100)"),
    position: "i / 10 % 10",
    learner: learner(answerer),
    workspace: workspace(answerer),
    kind: "'timed'",
    question: "'question-' || cast(i % 150 as text)",
    concept: "'concept-' || cast(i % 50 as text)",
    ...{ choice: "i % 4", changes: "0", hinted: "0", correct: "case when i % 3 = 0 then 0 else 1 end" },
    at: `${now - 300 * day} + i`,
  });
  await fill("score", learners, {
    workspace: workspace("i"),
    learner: learner("i"),
    points: "i * 7919 % 47",
    answers: "50",
  });
  for (const week of ["2025-W51", "2025-W52", "2026-W01", "2026-W02"]) {
    const row = {
      workspace: workspace("i"),
      week: `'${week}'`,
      learner: learner("i"),
      points: "i * 7919 % 23",
      answers: "12",
    };
    await fill("score_week", learners, row);
  }
  await fill("review", learners * 10, {
    learner: learner("(i / 10)"),
    concept: "'concept-' || cast(i % 10 as text)",
    due_at: `${now} + (i * 7919 % 2000 - 1000) * 60000`,
    ...{ stability: "2.5", difficulty: "5.0", reps: "3", lapses: "1", state: "2", asked: "5", correct: "3" },
    last_at: `${now - 3 * day}`,
    missed: "case when i % 4 = 0 then 'question-' || cast(i % 150 as text) end",
  });
  await fill("event", answers / 25, { key: "'chat:event:' || cast(i as text)", at: `${now} - i` });
  await fill("timer", answers / 50, {
    ...{ id: "'old timer ' || cast(i as text)", kind: "'quiz question'", payload: "'{}'" },
    ...{ set_for: `${now} - i`, due_at: `${now} - i`, state: "1", attempts: "0" },
  });
  await fill("outbox", answers / 50, {
    ...{ key: "'old message ' || cast(i as text)", kind: "'message'", seq: "i + 1", lane: "'old'", platform: "'chat'" },
    ...{
      content: "''",
      version: "1",
      sent: "1",
      ref: "'{}'",
      state: "1",
      attempts: "0",
      due_at: "0",
      at: `${now} - i`,
    },
  });
}

/** The id of learner number `index`. */
export function learnerId(index: number): string {
  return `chat:${10_000_000 + index}`;
}

/** Does on PostgreSQL at once what its autovacuum does in time. SQLite gets nothing: the bot never runs ANALYZE either. */
export async function settle(databaseUrl?: string): Promise<void> {
  if (!databaseUrl) return;
  const client = new Client({ connectionString: databaseUrl });
  await client.connect();
  await client.query("vacuum analyze");
  await client.query("checkpoint");
  await client.end();
}

function series(kind: Store["kind"], from: number, to: number): RawBuilder<unknown> {
  if (kind === "postgres") return sql.raw(`generate_series(${from}, ${to - 1}) as n(i)`);
  return sql.raw(
    `(with recursive n(i) as (select ${from} union all select i + 1 from n where i + 1 < ${to}) select i from n) as n`,
  );
}
