import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { type CrashPlan, runCrashes } from "../tests/crash/run-crashes.ts";
import { postgresPrograms, startPostgres } from "../tests/harness/postgres.ts";
import type { StorePlace } from "../tests/store/places.ts";

const kills = Number(process.env.CRASH_KILLS ?? 100);
const alone: CrashPlan = { processes: 1, kills, between: [100, 1500], channels: 4, learners: 4, speed: 1 / 60 };
/** One of three is killed every 5 s for a minute. */
const three: CrashPlan = { ...alone, processes: 3, kills: 12, between: [5000, 5000] };

/** Kills bots with SIGKILL in the middle of live rounds, every event delivered twice: on both engines, and one of three on PostgreSQL. */
export async function benchCrash(): Promise<void> {
  const dataDir = mkdtempSync(join(tmpdir(), "bakehouse-crash-"));
  await run("sqlite", { dataDir }, alone);
  rmSync(dataDir, { recursive: true, force: true });
  if (!postgresPrograms()) {
    console.log(JSON.stringify({ bench: "crash", engine: "postgres", skipped: "no PostgreSQL server is installed" }));
    return;
  }
  const server = await startPostgres();
  await run("postgres", { databaseUrl: await server.database() }, alone);
  await run("postgres", { databaseUrl: await server.database() }, three);
  await server.stop();
}

async function run(engine: string, place: StorePlace, plan: CrashPlan): Promise<void> {
  const verdict = await runCrashes(place, plan);
  console.log(JSON.stringify({ bench: "crash", engine, processes: plan.processes, ...verdict }));
}
