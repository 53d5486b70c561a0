import { afterAll, beforeAll } from "vitest";
import { hasPostgres, openPostgresForRun } from "../harness/postgres.ts";
import { type FreshPlace, freshFolder } from "../store/places.ts";
import { badInputContract } from "./bad-input-contract.ts";
import { leadingContract } from "./leading-contract.ts";
import { playingContract } from "./playing-contract.ts";
import { openStage } from "./quiz-stage.ts";
import { recordsContract } from "./records-contract.ts";
import { soloContract } from "./solo-contract.ts";

/** What a quiz must do on either engine. */
function quizContract(engine: string, fresh: FreshPlace): void {
  const stage = openStage(fresh);
  playingContract(engine, stage);
  leadingContract(engine, stage);
  badInputContract(engine, stage);
  soloContract(engine, stage);
  recordsContract(engine, stage);
}

quizContract("SQLite", freshFolder);

if (hasPostgres()) {
  let server: Awaited<ReturnType<typeof openPostgresForRun>>;
  beforeAll(async () => {
    server = await openPostgresForRun();
  });
  afterAll(() => server.stop());
  quizContract("PostgreSQL", async () => ({ databaseUrl: await server.database() }));
}
