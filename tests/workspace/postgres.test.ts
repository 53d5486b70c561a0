import { afterAll, beforeAll, describe } from "vitest";
import { goneWorkspaceContract } from "../contracts/gone-workspace-contract.ts";
import { hasPostgres, openPostgresForRun } from "../harness/postgres.ts";

describe.skipIf(!hasPostgres())("a workspace that removed the bot, on PostgreSQL", () => {
  let server: Awaited<ReturnType<typeof openPostgresForRun>>;
  beforeAll(async () => {
    server = await openPostgresForRun();
  });
  afterAll(() => server.stop());
  goneWorkspaceContract(async () => ({ databaseUrl: await server.database() }));
});
