import { spawnSync } from "node:child_process";
import { chmodSync, mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { DatabaseSync } from "node:sqlite";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { UserError } from "../../src/core/errors.ts";
import { openSqlite, refuseOldSqlite, sqliteFile } from "../../src/store/sqlite.ts";
import type { Store } from "../../src/store/store.ts";
import { StoreError } from "../../src/store/store-error.ts";
import { migrations, openStore } from "../harness/open-store.ts";
import { hasPostgres, startPostgres, type TestPostgres } from "../harness/postgres.ts";
import { createOpener, freshFolder } from "./places.ts";

const put = (store: Store, name: string, size = 0) =>
  store.write((tx) =>
    tx
      .insertInto("lease")
      .values({ name, owner: "x".repeat(size), until: 0 })
      .execute(),
  );
const names = async (store: Store) =>
  (await store.read.selectFrom("lease").select("name").orderBy("name").execute()).map(({ name }) => name);
const trouble = (work: Promise<unknown>) =>
  work.then(
    () => "none",
    (error) => (error instanceof StoreError && error instanceof UserError ? error.trouble : error),
  );

describe("SQLite in trouble", () => {
  const { open, stopAfter } = createOpener();

  it("a full disk refuses the write in a sentence, keeps what was there, and goes on when there is room", async () => {
    const { dataDir } = await freshFolder();
    // What a full disk does to SQLite, made with its own limit: the file may not grow.
    const small = await openSqlite(dataDir, { migrations, pragmas: ["max_page_count = 100"] });
    stopAfter(small.close);
    await put(small, "before");
    const refused = put(small, "large", 2_000_000);
    await expect(refused).rejects.toThrow("the disk is full");
    expect(await trouble(refused)).toBe("full");
    await put(small, "after");
    expect(await names(small)).toEqual(["after", "before"]);
  });

  it("on a full disk every caller of the same moment is told so, and nobody is told otherwise", async () => {
    const { dataDir } = await freshFolder();
    const small = await openSqlite(dataDir, { migrations, pragmas: ["max_page_count = 100"] });
    stopAfter(small.close);
    const outcomes = await Promise.all(
      ["a", "large", "b"].map((name) => trouble(put(small, name, name === "large" ? 2e6 : 1))),
    );
    const kept = await names(small);
    expect(outcomes[1]).toBe("full");
    expect(kept).toEqual(["a", "b"].filter((_, index) => outcomes[index * 2] === "none"));
  });

  it("another program's lock is waited for without blocking, and named when it stays", async () => {
    const { dataDir } = await freshFolder();
    const store = await open({ dataDir });
    const other = new DatabaseSync(join(dataDir, sqliteFile));
    other.exec("begin immediate");
    let turns = 0;
    const ticking = setInterval(() => turns++, 5);
    const first = put(store, "first");
    // The event loop goes round while the write waits.
    while (turns < 3) await new Promise((turn) => setImmediate(turn));
    other.exec("commit");
    await first;
    clearInterval(ticking);
    other.exec("begin immediate");
    const second = put(store, "second");
    expect(await trouble(second)).toBe("locked");
    await expect(second).rejects.toThrow("another program holds the database");
    other.exec("rollback");
    other.close();
    await put(store, "third");
    expect(await names(store)).toEqual(["first", "third"]);
  });

  it("a folder that may not be written to is named, with what to do", async () => {
    const { dataDir } = await freshFolder();
    const folder = join(dataDir, "locked");
    mkdirSync(folder);
    chmodSync(folder, 0o555);
    chmodSync(dataDir, 0o755);
    const said = openAsNobody(folder);
    expect(said).toContain(folder);
    expect(said).toContain("Give this user the right to write");
  });

  it("a database that may only be read is named when opening", async () => {
    const { dataDir } = await freshFolder();
    const store = await openStore({ dataDir });
    await store.close();
    chmodSync(join(dataDir, sqliteFile), 0o444);
    chmodSync(dataDir, 0o555);
    const said = openAsNobody(dataDir);
    chmodSync(dataDir, 0o755);
    expect(said).toContain("cannot be opened for writing");
  });

  it("a file that is no database is not touched", async () => {
    const { dataDir } = await freshFolder();
    writeFileSync(join(dataDir, sqliteFile), "a shopping list, and a long one at that: flour, butter, eggs".repeat(50));
    expect(await trouble(openStore({ dataDir }))).toBe("damaged");
  });

  it("a version of SQLite that can damage the file is refused", () => {
    expect(() => refuseOldSqlite("3.51.2")).toThrow("Node.js 24.15 or newer");
    expect(() => refuseOldSqlite("3.51.3")).not.toThrow();
    expect(() => refuseOldSqlite("4.0.0")).not.toThrow();
  });
});

describe.skipIf(!hasPostgres())("PostgreSQL in trouble", () => {
  const { open } = createOpener();
  let server: TestPostgres;
  beforeAll(async () => {
    server = await startPostgres();
  });
  afterAll(() => server.stop());

  it("an address where nothing answers is named without its password", async () => {
    const opening = openStore({ databaseUrl: "postgres://baker:secret@127.0.0.1:1/bakehouse" });
    expect(await trouble(opening)).toBe("lost");
    await expect(opening).rejects.toThrow("PostgreSQL at 127.0.0.1:1/bakehouse cannot be reached");
    await expect(opening).rejects.not.toThrow("secret");
  });

  it("a server killed in the middle of events loses none that was acknowledged and repeats none", async () => {
    const store = await open({ databaseUrl: await server.database() });
    const kept: string[] = [];
    let going = true;
    const callers = Array.from({ length: 4 }, async (_, caller) => {
      for (let index = 0; going; index++) {
        const name = `${caller} ${index}`;
        const done = await trouble(
          store.once(name, (tx) =>
            tx
              .insertInto("lease")
              .values({ name, owner: "x", until: 0 })
              .execute()
              .then(() => true),
          ),
        );
        if (done === "none") kept.push(name);
        else expect(done).toBe("lost");
      }
    });
    for (let crash = 0; crash < 2; crash++) {
      const enough = kept.length + 50;
      while (kept.length < enough) await new Promise((turn) => setImmediate(turn));
      await server.crash();
    }
    going = false;
    await Promise.all(callers);
    const stored = new Set(await names(store));
    expect(kept.filter((name) => !stored.has(name))).toEqual([]);
    expect(new Set(kept).size).toBe(kept.length);
  });

  it("reads and writes go on after every connection was cut", async () => {
    const store = await open({ databaseUrl: await server.database() });
    const killer = await open({ databaseUrl: server.address });
    await put(store, "before");
    const { sql } = await import("kysely");
    const cut = sql`select pg_terminate_backend(pid) from pg_stat_activity where datname <> current_database() and pid <> pg_backend_pid() and backend_type = 'client backend'`;
    await cut.execute(killer.read);
    expect(await names(store)).toEqual(["before"]);
    await cut.execute(killer.read);
    await put(store, "after");
    expect(await names(store)).toEqual(["after", "before"]);
  });

  it("two writes that wait for each other both happen", async () => {
    const store = await open({ databaseUrl: await server.database() });
    await put(store, "a");
    await put(store, "b");
    const bump = (first: string, then: string) =>
      store.write(async (tx) => {
        for (const name of [first, then]) {
          await tx
            .updateTable("lease")
            .set(({ eb }) => ({ until: eb("until", "+", 1) }))
            .where("name", "=", name)
            .execute();
        }
      });
    await Promise.all(Array.from({ length: 4 }, (_, index) => (index % 2 ? bump("a", "b") : bump("b", "a"))));
    const rows = await store.read.selectFrom("lease").select("until").execute();
    expect(rows).toEqual([{ until: 4 }, { until: 4 }]);
  });

  it("a database that may only be read says so", async () => {
    const url = await server.database();
    await (await openStore({ databaseUrl: url })).close();
    const admin = await open({ databaseUrl: server.address });
    const { sql } = await import("kysely");
    await sql`${sql.raw(`alter database ${new URL(url).pathname.slice(1)} set default_transaction_read_only = on`)}`.execute(
      admin.read,
    );
    expect(await trouble(openStore({ databaseUrl: url }))).toBe("readonly");
  });
});

/** Opens the store as a user without rights (root may write everywhere) and returns what it said. */
function openAsNobody(folder: string): string {
  const program = `
    import { migrations, openStore } from ${JSON.stringify(new URL("../harness/open-store.ts", import.meta.url).href)};
    if (process.getuid() === 0) process.seteuid(65534);
    await openStore({ dataDir: ${JSON.stringify(folder)} }).then(() => console.log("opened"), (error) => console.log(error.name, error.message));`;
  const { stdout, stderr } = spawnSync(process.execPath, ["--input-type=module", "-e", program], { encoding: "utf8" });
  return stdout || stderr;
}
