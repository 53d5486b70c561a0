import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { hasPostgres, openPostgresForRun } from "../harness/postgres.ts";
import { freshFolder, type StorePlace } from "../store/places.ts";
import { runCrashes } from "./run-crashes.ts";

/** CI is small; `npm run bench -- crash` runs the whole of it. */
const kills = Number(process.env.CRASH_KILLS ?? 6);
const plan = { processes: 1, kills, between: [100, 1200] as [number, number], channels: 3, learners: 3, speed: 1 / 60 };
const nothingBroken = {
  ackedLost: 0,
  countedTwice: 0,
  roundsStuck: 0,
  postedTwice: 0,
  firedTwice: 0,
  neverFired: 0,
  scoresWrong: 0,
  unsent: 0,
};

function survives(engine: string, fresh: () => Promise<StorePlace>, processes: number): void {
  const bots = processes === 1 ? "a bot" : `one of ${processes} bots`;
  it(`${engine}: ${bots} killed in the middle of live rounds, with every event delivered twice, loses and doubles nothing`, async () => {
    const verdict = await runCrashes(await fresh(), { ...plan, processes });
    expect(verdict).toMatchObject({ ...nothingBroken, kills });
    expect(verdict.acked).toBeGreaterThan(kills);
    expect(verdict.timers).toBeGreaterThan(0);
  }, 180_000);
}

describe("kill -9", () => {
  survives("SQLite", freshFolder, 1);
});

if (hasPostgres()) {
  describe("kill -9 on PostgreSQL", () => {
    let server: Awaited<ReturnType<typeof openPostgresForRun>>;
    beforeAll(async () => {
      server = await openPostgresForRun();
    });
    afterAll(() => server.stop());
    const fresh = async () => ({ databaseUrl: await server.database() });
    survives("PostgreSQL", fresh, 1);
    survives("PostgreSQL", fresh, 3);
  });
}
