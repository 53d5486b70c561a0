import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Store } from "../src/store/store.ts";
import { openStore } from "../tests/harness/open-store.ts";
import { postgresPrograms, startPostgres } from "../tests/harness/postgres.ts";
import { report, spread } from "./measure.ts";

/** One event with one effect, the least that an answer can cost: alone, and with ten callers at once, on both engines. */
export async function benchStore(): Promise<void> {
  const dataDir = mkdtempSync(join(tmpdir(), "bakehouse-bench-"));
  try {
    await measure({ dataDir });
  } finally {
    rmSync(dataDir, { recursive: true, force: true });
  }
  if (!postgresPrograms()) {
    console.error("store on PostgreSQL: left out, no server is installed (Debian: apt-get install postgresql)");
    return;
  }
  const server = await startPostgres();
  try {
    await measure({ databaseUrl: await server.database() });
  } finally {
    await server.stop();
  }
}

async function measure(place: { dataDir: string } | { databaseUrl: string }) {
  const opening = performance.now();
  const store = await openStore(place);
  report("store open", { engine: store.kind, unit: "ms", first: performance.now() - opening });
  for (const callers of [1, 10]) {
    await run(store, `warm-up ${callers}`, callers, 100);
    const each = 1000 / callers;
    const started = performance.now();
    const times = await run(store, `measured ${callers}`, callers, each);
    const seconds = (performance.now() - started) / 1000;
    report("store", { engine: store.kind, callers, unit: "ms", ...spread(times), per_second: times.length / seconds });
  }
  await store.close();
}

/** The milliseconds of every transaction. */
async function run(store: Store, name: string, callers: number, each: number): Promise<number[]> {
  const times: number[] = [];
  const call = async (caller: number) => {
    for (let index = 0; index < each; index++) {
      const id = `${name} ${caller} ${index}`;
      const started = performance.now();
      await store.once(id, (tx) =>
        tx
          .insertInto("lease")
          .values({ name: id, owner: "bench", until: 0 })
          .execute()
          .then(() => id),
      );
      times.push(performance.now() - started);
    }
  };
  await Promise.all(Array.from({ length: callers }, (_, caller) => call(caller)));
  return times;
}
