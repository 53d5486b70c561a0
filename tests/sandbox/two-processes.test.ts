import { mkdtempSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test, vi } from "vitest";
import { createBakehouse } from "../../src/app.ts";
import { readConfig } from "../../src/config.ts";
import { type Log, silentLog } from "../../src/core/log.ts";
import { engine, testBase, theEngine } from "../harness/engine.ts";
import { hasPostgres, openPostgresForRun } from "../harness/postgres.ts";
import { openTestSandboxes } from "../harness/sandboxes.ts";

describe.skipIf(!engine || !hasPostgres())("processes on one engine and one PostgreSQL", () => {
  let server: Awaited<ReturnType<typeof openPostgresForRun>>;
  beforeAll(async () => {
    server = await openPostgresForRun();
  });
  afterAll(() => server?.stop());

  test("that start at the same moment all pass their checks at the first try", { timeout: 120_000 }, async () => {
    const databaseUrl = await server.database();
    const troubles: unknown[] = [];
    const log: Log = {
      ...silentLog,
      warn(event, details) {
        if (event !== "disk limit of sandboxes") troubles.push([event, details]);
      },
      error: (event, details) => void troubles.push([event, details]),
    };
    const all = await Promise.all([1, 2, 3].map(() => openTestSandboxes({ databaseUrl, log })));
    expect(all.map(({ sandboxes }) => sandboxes.readiness().state)).toEqual(["ready", "ready", "ready"]);
    expect(troubles).toEqual([]);
    for (const one of all) await one.close();
  });

  test("keep their warm containers also while their platforms are not connected yet", {
    timeout: 120_000,
  }, async () => {
    const databaseUrl = await server.database();
    const open = async () => {
      const config = readConfig({
        DATABASE_URL: databaseUrl,
        DATA_DIR: mkdtempSync(join(tmpdir(), "bakehouse-two-")),
        CAKE_BASE: testBase,
        SANDBOX_POOL: "1",
        DOCKER_HOST: process.env.DOCKER_HOST ?? "",
      });
      const bot = await createBakehouse(config, silentLog);
      await bot.services.sandboxes?.settled;
      return bot;
    };
    const one = await open();
    const row = one.store.read.selectFrom("sandbox_host").select("value").where("name", "=", "instance");
    const { value: instance } = await row.executeTakeFirstOrThrow();
    const warm = async () => {
      const found = await theEngine().containers.list({
        labels: [`tutor.instance=${instance}`, "tutor.purpose=pool"],
      });
      return found.filter(({ state }) => state === "running").map(({ id }) => id);
    };
    const mine = await vi.waitFor(async () => {
      const ids = await warm();
      expect(ids).toHaveLength(1);
      return ids;
    });
    const two = await open();
    expect(await warm()).toEqual(expect.arrayContaining(mine));
    await two.close();
    await one.close();
    expect(await warm()).toEqual([]);
  });
});
