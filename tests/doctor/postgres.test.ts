import { Client } from "pg";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { readConfig } from "../../src/config.ts";
import type { Clock } from "../../src/core/checks/finding.ts";
import { checkStore } from "../../src/doctor/check-store.ts";
import { openStore } from "../harness/open-store.ts";
import { hasPostgres, openPostgresForRun } from "../harness/postgres.ts";

describe.skipIf(!hasPostgres())("the check of a PostgreSQL", () => {
  let server: Awaited<ReturnType<typeof openPostgresForRun>>;
  beforeAll(async () => {
    server = await openPostgresForRun();
  });
  afterAll(() => server.stop());

  async function look(url: string) {
    const clocks: Clock[] = [];
    const config = readConfig({ DATABASE_URL: url });
    const findings = await checkStore({
      config,
      environment: {},
      commands: [],
      now: Date.now,
      heard: (one) => void clocks.push(one),
    });
    return { findings, clocks };
  }
  async function run(url: string, statement: string): Promise<void> {
    const client = new Client(url);
    await client.connect();
    await client.query(statement);
    await client.end();
  }

  it("is content with an empty database and with one of this version, and asks it for the time", async () => {
    const url = await server.database();
    expect((await look(url)).findings).toEqual([expect.objectContaining({ state: "ok" })]);
    await (await openStore({ databaseUrl: url })).close();
    const { findings, clocks } = await look(url);
    expect(findings).toEqual([expect.objectContaining({ state: "ok", found: expect.stringContaining("schema") })]);
    expect(clocks).toEqual([expect.objectContaining({ whose: "PostgreSQL" })]);
  });

  it("refuses one that may only be read, and one of a newer version", async () => {
    const url = await server.database();
    await (await openStore({ databaseUrl: url })).close();
    await run(url, "insert into migration values ('9999-later', 0)");
    expect((await look(url)).findings).toEqual([
      expect.objectContaining({ state: "fail", found: expect.stringContaining("9999-later") }),
    ]);
    await run(url, `alter database ${new URL(url).pathname.slice(1)} set default_transaction_read_only = on`);
    expect((await look(url)).findings).toEqual([
      expect.objectContaining({ state: "fail", found: expect.stringContaining("may only be read") }),
    ]);
  });

  it("names a database that is not there", async () => {
    const url = new URL(await server.database());
    url.pathname = "/nothing_baked";
    expect((await look(url.href)).findings).toEqual([
      expect.objectContaining({ state: "fail", mend: expect.stringContaining("createdb") }),
    ]);
  });
});
