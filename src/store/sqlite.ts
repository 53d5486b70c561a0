import { mkdirSync } from "node:fs";
import { join } from "node:path";
import { DatabaseSync } from "node:sqlite";
import { Kysely, type KyselyPlugin } from "kysely";
import { silentLog } from "../core/log.ts";
import { makePrivate, reservePrivate } from "../core/private-file.ts";
import { createGroupCommit } from "./group-commit.ts";
import { migrate } from "./migrate.ts";
import { once } from "./once.ts";
import { refuseNested } from "./scope.ts";
import { sqliteDialect } from "./sqlite-dialect.ts";
import type { Store, StoreOptions, Tables } from "./store.ts";
import { fromSqlite, StoreError } from "./store-error.ts";

/** The first SQLite in which a reset of the write-ahead log cannot damage the file: https://www.sqlite.org/releaselog/3_51_3.html */
const oldestSqlite = "3.51.3";

/** The name of the database file inside the data folder. */
export const sqliteFile = "bakehouse.db";

/** What SQLite keeps beside the database file while it is open: the write-ahead log and its index. */
export const besideFile = ["-wal", "-shm"];

/** Opens (or makes) the SQLite store in `folder`. `pragmas` are run on the writing connection, for tests. Throws a StoreError. */
export async function openSqlite(
  folder: string,
  { migrations, now = Date.now, log = silentLog, onQuery, pragmas = [] }: StoreOptions & { pragmas?: string[] },
): Promise<Store> {
  refuseOldSqlite(process.versions.sqlite ?? "0");
  const path = join(folder, sqliteFile);
  const connect = (readOnly: boolean) => {
    const database = new DatabaseSync(path, { readOnly, timeout: 5000 });
    database.exec(`
      pragma journal_mode = wal; pragma synchronous = full; pragma foreign_keys = on; pragma journal_size_limit = 67108864`);
    return database;
  };
  try {
    // What people answered is theirs: other users of the machine may not read it.
    mkdirSync(folder, { recursive: true, mode: 0o700 });
    reservePrivate(path);
    // SQLite gives the files beside it the rights of the database; those of a killed bot may be older.
    for (const end of besideFile) makePrivate(path + end);
    const writing = connect(false);
    for (const pragma of pragmas) writing.exec(`pragma ${pragma}`);
    const writer = new Kysely<Tables>({ dialect: sqliteDialect(writing, onQuery), plugins: [withoutRowLocks] });
    // From here on waiting for another program's lock is done without blocking the event loop.
    writing.exec("pragma busy_timeout = 0");
    const group = createGroupCommit(writer, writing);
    const prepare = async () => {
      await migrate(group.write, "sqlite", { now, log, migrations });
      // SQLite opens a file that may only be read without a word; this statement changes nothing, but needs the right to.
      await group.write((tx) => tx.deleteFrom("lease").where("name", "=", "").execute());
    };
    await prepare().catch(async (error) => {
      await writer.destroy();
      throw error;
    });
    const read = new Kysely<Tables>({ dialect: sqliteDialect(connect(true), onQuery) });
    const write: Store["write"] = (work) => {
      refuseNested();
      return group.write(work);
    };
    return {
      kind: "sqlite",
      read,
      write,
      once: (event, work) => once(write, now, event, work),
      now,
      async close() {
        await group.drained();
        await read.destroy();
        await writer.destroy();
      },
    };
  } catch (error) {
    throw openingTrouble(fromSqlite(error), path);
  }
}

/** `FOR UPDATE` is PostgreSQL's; on SQLite a write transaction is alone anyway. */
const withoutRowLocks: KyselyPlugin = {
  transformQuery({ node }) {
    if (node.kind !== "SelectQueryNode" || !node.endModifiers) return node;
    const { endModifiers: _, ...rest } = node;
    return rest;
  },
  transformResult: async ({ result }) => result,
};

/** Throws a StoreError when the given version of SQLite is known to damage files. */
export function refuseOldSqlite(version: string): void {
  const number = (text: string) => text.split(".").reduce((sum, part) => sum * 1000 + Number(part), 0);
  if (number(version) >= number(oldestSqlite)) return;
  throw new StoreError(
    "unusable",
    `This Node.js brings SQLite ${version}, which can damage the database. Run Bakehouse with Node.js 24.15 or newer (SQLite ${oldestSqlite}).`,
  );
}

function openingTrouble(error: unknown, path: string): unknown {
  const code = (error as { code?: string }).code ?? "";
  if (
    ["EACCES", "EROFS", "EPERM", "ENOTDIR", "EEXIST"].includes(code) ||
    (error as StoreError).trouble === "readonly"
  ) {
    return new StoreError(
      "readonly",
      `The database \`${path}\` cannot be opened for writing. Give this user the right to write to that folder, or set DATA_DIR to another one.`,
      error,
    );
  }
  return error;
}
