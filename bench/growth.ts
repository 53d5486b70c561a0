import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { CompiledQuery } from "kysely";
import { Client } from "pg";
import { topOf } from "../src/quiz/record/leaderboard.ts";
import { dueReviews } from "../src/quiz/record/reviews.ts";
import { weekOf } from "../src/quiz/record/week.ts";
import type { StoreOptions } from "../src/store/store.ts";
import { fillStore } from "../tests/harness/fill.ts";
import { postgresPrograms, startPostgres } from "../tests/harness/postgres.ts";
import { openQuizBench, timed } from "./load.ts";
import { report, spread } from "./measure.ts";
import { planOf } from "./plan.ts";

const sizes = [100_000, Number(process.env.GROWTH_ANSWERS ?? 5_000_000)];
const samples = 300;
const warmUp = 50;
/** Here they have a handful of rows, which PostgreSQL rightly just reads; the tests ask for their plans when they are full. */
const nearlyEmpty = ["lease", "outbox", "timer"];

type Filled = Awaited<ReturnType<typeof fill>>;

/** What is measured, in the bot's own code; `n` is different each time. */
const jobs = {
  top_10: ({ bench }: Filled, n: number) => topOf(bench.store.read, `load:${n % 10}`, null),
  top_10_week: ({ bench, week }: Filled, n: number) => topOf(bench.store.read, `load:${n % 10}`, week),
  due_reviews: ({ bench, pick }: Filled) => dueReviews(bench.store.read, pick(), bench.store.now()),
  one_answer: ({ bench, round }: Filled, n: number) => bench.answer(`learner-${n}`, round, n % 4),
};

/** Top 10, due reviews and one answer with few and with many answers stored, in turns, on both engines; with the plans of all their queries. */
export async function benchGrowth(): Promise<void> {
  const engines = (process.env.GROWTH_ENGINES ?? "sqlite postgres").split(" ");
  if (engines.includes("sqlite")) await onSqlite();
  if (!engines.includes("postgres")) return;
  if (postgresPrograms()) await onPostgres();
  else report("growth", { engine: "postgres", skipped: "no PostgreSQL server is installed" });
}

async function onSqlite() {
  const dataDir = mkdtempSync(join(tmpdir(), "bakehouse-growth-"));
  try {
    await grow("sqlite", (size) => ({ dataDir: join(dataDir, String(size)) }));
  } finally {
    rmSync(dataDir, { recursive: true, force: true });
  }
}

async function onPostgres() {
  // For five million answers, not the few that tests have.
  const server = await startPostgres({ shared_buffers: "1GB", max_wal_size: "4GB" });
  try {
    const databases = new Map<number, string>();
    for (const size of sizes) databases.set(size, await server.database());
    await grow("postgres", (size) => ({ databaseUrl: databases.get(size) ?? "" }));
  } finally {
    await server.stop();
  }
}

async function grow(engine: string, optionsOf: (size: number) => Omit<StoreOptions, "migrations">): Promise<void> {
  const stores: Filled[] = [];
  for (const size of sizes) stores.push(await fill(size, optionsOf(size)));
  for (const name of Object.keys(jobs) as (keyof typeof jobs)[]) {
    const job = jobs[name];
    const times = stores.map(() => [] as number[]);
    // In turns, so that whatever else the machine does meets all sizes alike.
    for (let n = 0; n < warmUp + samples; n += 1) {
      for (const [index, store] of stores.entries()) {
        const ms = await timed(() => job(store, n));
        if (n >= warmUp) times[index]?.push(ms);
      }
    }
    const [small, large] = times.map(spread);
    const big = stores.at(-1);
    if (!small || !large || !big) continue;
    report("growth", {
      engine,
      what: name,
      unit: "ms",
      ...{ n: samples, answers_small: sizes[0] ?? 0, answers_large: sizes[1] ?? 0 },
      ...{ p50_small: small.p50, p50_large: large.p50, p99_small: small.p99, p99_large: large.p99 },
      ...{ ratio_p50: large.p50 / small.p50, within_2x: large.p50 <= 2 * small.p50 },
      ...(await big.plans(() => job(big, warmUp + samples), name !== "one_answer")),
    });
  }
  for (const { bench } of stores) await bench.close();
}

async function fill(size: number, options: Omit<StoreOptions, "migrations">) {
  let seen: CompiledQuery[] | null = null;
  const started = performance.now();
  const bench = await openQuizBench({ ...options, onQuery: (query) => void seen?.push(query) });
  const { learners } = await fillStore(bench.store, size);
  if (options.databaseUrl) await settle(options.databaseUrl);
  report("growth load", { engine: bench.store.kind, answers: size, seconds: (performance.now() - started) / 1000 });
  const round = await bench.openRound();

  /** How the engine answers every query that `job` sends; `run` counts the pages as well, where the engine tells them. */
  async function plans(job: () => Promise<unknown>, run: boolean) {
    const queries: CompiledQuery[] = [];
    seen = queries;
    await job();
    seen = null;
    const all = await Promise.all(queries.map((query) => planOf(bench.store, query, run)));
    const scans = [...new Set(all.flatMap((plan) => plan.scans))].filter((table) => !nearlyEmpty.includes(table));
    const pages = all.reduce((sum, { buffers }) => sum + (buffers ?? 0), 0);
    return {
      indexes: [...new Set(all.flatMap((plan) => plan.indexes))].join(" "),
      ...{ scans: scans.join(" "), plans_by_index: scans.length === 0 },
      ...(pages > 0 && { pages }),
    };
  }

  const pick = () => `load:${Math.floor(Math.random() * learners)}`;
  return { bench, round, plans, pick, week: weekOf(bench.store.now()) };
}

/** Has the vacuum and the checkpoint that the load makes due happen now, and not during the measurement. */
async function settle(databaseUrl: string) {
  const client = new Client({ connectionString: databaseUrl });
  await client.connect();
  await client.query("vacuum analyze");
  await client.query("checkpoint");
  await client.end();
}
