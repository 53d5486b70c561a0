import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { topOf } from "../src/quiz/leaderboard.ts";
import { dueReviews } from "../src/quiz/reviews.ts";
import { weekOf } from "../src/quiz/week.ts";
import type { StoreOptions } from "../src/store/store.ts";
import { fillStore } from "../tests/harness/fill.ts";
import { plansOf, scans } from "../tests/harness/plans.ts";
import { postgresPrograms, startPostgres } from "../tests/harness/postgres.ts";
import { openQuizBench, timed } from "./load.ts";
import { report, spread } from "./measure.ts";

const sizes = [100_000, Number(process.env.GROWTH_ANSWERS ?? 5_000_000)];
const samples = 300;

type Filled = Awaited<ReturnType<typeof fill>>;

/** Top 10, due reviews and one answer with few and with many answers stored, in turns, on both engines. */
export async function benchGrowth(): Promise<void> {
  const dataDir = mkdtempSync(join(tmpdir(), "bakehouse-growth-"));
  await grow("sqlite", (size) => ({ dataDir: join(dataDir, String(size)) }));
  rmSync(dataDir, { recursive: true, force: true });
  if (!postgresPrograms())
    return report("growth", { engine: "postgres", skipped: "no PostgreSQL server is installed" });
  const server = await startPostgres();
  const databases = new Map<number, string>();
  for (const size of sizes) databases.set(size, await server.database());
  await grow("postgres", (size) => ({ databaseUrl: databases.get(size) ?? "" }));
  await server.stop();
}

async function grow(engine: string, optionsOf: (size: number) => StoreOptions): Promise<void> {
  const stores: Filled[] = [];
  for (const size of sizes) stores.push(await fill(size, optionsOf(size)));
  const work = {
    top_10: ({ bench }: Filled, n: number) => topOf(bench.store.read, `load:${n % 10}`, null),
    top_10_week: ({ bench, week }: Filled, n: number) => topOf(bench.store.read, `load:${n % 10}`, week),
    due_reviews: ({ bench, pick }: Filled) => dueReviews(bench.store.read, pick(), bench.store.now()),
    one_answer: ({ bench, round }: Filled, n: number) => bench.answer(`learner-${n}`, round, n % 4),
  };
  for (const [name, one] of Object.entries(work)) {
    const times = stores.map(() => [] as number[]);
    for (let n = -50; n < samples; n += 1) {
      for (const [index, store] of stores.entries()) {
        const ms = await timed(() => one(store, n + 50));
        if (n >= 0) times[index]?.push(ms);
      }
    }
    const [small, large] = times.map(spread);
    const big = stores.at(-1);
    const bad =
      big && name !== "one_answer"
        ? scans(
            await plansOf(big.bench.store, (db) =>
              one({ ...big, bench: { ...big.bench, store: { ...big.bench.store, read: db } } }, 1),
            ),
          )
        : [];
    report("growth", {
      engine,
      what: name,
      unit: "ms",
      answers_small: sizes[0] ?? 0,
      answers_large: sizes[1] ?? 0,
      p50_small: small?.p50 ?? 0,
      p50_large: large?.p50 ?? 0,
      p99_large: large?.p99 ?? 0,
      ratio_p50: (large?.p50 ?? 0) / (small?.p50 ?? 1),
      ...(name !== "one_answer" && { plans_by_index: bad.length === 0 }),
    });
  }
  for (const { bench } of stores) await bench.close();
}

async function fill(size: number, options: StoreOptions) {
  const bench = await openQuizBench(options);
  const { learners } = await fillStore(bench.store, size);
  const round = await bench.openRound();
  return { bench, round, week: weekOf(bench.store.now()), pick: () => `load:${Math.floor(Math.random() * learners)}` };
}
