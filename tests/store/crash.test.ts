import { spawn } from "node:child_process";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { hasPostgres, openPostgresForRun } from "../harness/postgres.ts";
import { createOpener, freshFolder, type StorePlace } from "./places.ts";

const program = fileURLToPath(new URL("./crash-worker.ts", import.meta.url));
/** More than a few in CI's long run. */
const kills = Number(process.env.CRASH_KILLS ?? 8);

/** Runs a worker; kills it with SIGKILL as soon as it has acknowledged `most` answers (never, without `most`). Gives back what it acknowledged. */
function runWorker(place: StorePlace, messages: string, name: string, most?: number): Promise<string[]> {
  const mode = most === undefined ? ["drain"] : [];
  const child = spawn(process.execPath, [program, JSON.stringify(place), messages, name, ...mode], {
    stdio: ["ignore", "pipe", "inherit"],
  });
  let printed = "";
  child.stdout.on("data", (chunk) => {
    printed += chunk;
    if (most !== undefined && printed.split("\n").length > most) child.kill("SIGKILL");
  });
  return new Promise((resolve, reject) => {
    child.once("close", (code, signal) => {
      if (most === undefined ? code === 0 : signal === "SIGKILL") resolve(printed.split("\n").slice(0, -1));
      else reject(new Error(`the worker ended by itself: ${code} ${signal}`));
    });
  });
}

function crashTests(fresh: () => Promise<StorePlace>) {
  const { open } = createOpener();

  it(`two processes, killed ${kills} times each: nothing acknowledged is lost, nothing happens twice`, async () => {
    const place = await fresh();
    const messages = join((await freshFolder()).dataDir, "messages");
    await (await open(place)).close();
    const acknowledged: string[] = [];
    const live = async (worker: string) => {
      for (let life = 0; life < kills; life++) {
        const most = 1 + Math.floor(Math.random() * 60);
        acknowledged.push(...(await runWorker(place, messages, `${worker}${life}`, most)));
      }
    };
    await Promise.all([live("one"), live("two")]);
    await runWorker(place, messages, "last");

    const store = await open(place);
    const rows = await store.read.selectFrom("lease").selectAll().execute();
    const named = (owner: string) => rows.filter((row) => row.owner === owner).map((row) => row.name);
    const answers = named("answer").sort();
    expect(new Set(acknowledged).size).toBeGreaterThanOrEqual(kills);
    expect(acknowledged.filter((id) => !answers.includes(id))).toEqual([]);
    expect(rows.find(({ name }) => name === "score")?.until).toBe(answers.length);
    const fired = named("fired").map((name) => name.split(" ")[1] ?? "");
    expect(fired.sort()).toEqual(answers);
    const posted = readFileSync(messages, "utf8").trim().split("\n");
    expect(posted.map((line) => line.replace("message ", "")).sort()).toEqual(answers);
  }, 300_000);
}

describe("a crash on SQLite", () => crashTests(freshFolder));

describe.skipIf(!hasPostgres())("a crash on PostgreSQL", () => {
  let server: Awaited<ReturnType<typeof openPostgresForRun>>;
  beforeAll(async () => {
    server = await openPostgresForRun();
  });
  afterAll(() => server.stop());
  crashTests(async () => ({ databaseUrl: await server.database() }));
});
