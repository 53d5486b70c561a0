import { afterAll, beforeAll } from "vitest";
import { hasPostgres, openPostgresForRun } from "../harness/postgres.ts";
import { freshFolder } from "../store/places.ts";
import { quizContract } from "./quiz-contract.ts";

quizContract("SQLite", freshFolder);

if (hasPostgres()) {
  let server: Awaited<ReturnType<typeof openPostgresForRun>>;
  beforeAll(async () => {
    server = await openPostgresForRun();
  });
  afterAll(() => server.stop());
  quizContract("PostgreSQL", async () => ({ databaseUrl: await server.database() }));
}
