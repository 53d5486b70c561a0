import { afterAll, beforeAll, describe } from "vitest";
import { storeContract } from "../contracts/store-contract.ts";
import { housekeepingContract } from "../contracts/store-housekeeping-contract.ts";
import { inboxContract } from "../contracts/store-inbox-contract.ts";
import { leasesContract } from "../contracts/store-leases-contract.ts";
import { outboxContract } from "../contracts/store-outbox-contract.ts";
import { timersContract } from "../contracts/store-timers-contract.ts";
import { hasPostgres, openPostgresForRun } from "../harness/postgres.ts";

describe.skipIf(!hasPostgres())("on PostgreSQL", () => {
  let server: Awaited<ReturnType<typeof openPostgresForRun>>;
  beforeAll(async () => {
    server = await openPostgresForRun();
  });
  afterAll(() => server.stop());
  const fresh = async () => ({ databaseUrl: await server.database() });

  describe("the store", () => storeContract(fresh));
  describe("timers", () => timersContract(fresh));
  describe("leases", () => leasesContract(fresh));
  describe("housekeeping", () => housekeepingContract(fresh));
  describe("the outbox", () => outboxContract(fresh));
  describe("the inbox", () => inboxContract(fresh));
});
