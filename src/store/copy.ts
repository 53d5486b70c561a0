import { createHash } from "node:crypto";
import { existsSync } from "node:fs";
import { join } from "node:path";
import { DatabaseSync, type SQLInputValue } from "node:sqlite";
import { Client } from "pg";
import { UserError } from "../core/errors.ts";
import type { Migration } from "./migrate.ts";
import { sqliteFile } from "./sqlite.ts";
import { openStore } from "./store.ts";
import { fromPostgres, fromSqlite } from "./store-error.ts";

/** A copied table: its rows, and the SHA-256 of all of them in the order of the key, equal on both sides. */
export interface CopiedTable {
  table: string;
  rows: number;
  checksum: string;
}

interface Shape {
  table: string;
  columns: string[];
  key: string[];
}

/** Leases belong to living processes, and the list of migrations is compared instead. */
const left = ["migration", "lease"];
const rowsAtOnce = 500;
const quoted = (names: string[]) => names.map((name) => `"${name}"`).join(", ");

/**
 * Copies the SQLite store in `dataDir` into the empty PostgreSQL store at `databaseUrl`, in one transaction.
 * Stop the bot before. Throws a UserError, and then the target is as it was, when the two are not at the same migration,
 * the target has rows, or a table's count or checksum differs afterwards.
 */
export async function copyStore(
  dataDir: string,
  databaseUrl: string,
  migrations: readonly Migration[],
): Promise<CopiedTable[]> {
  const file = join(dataDir, sqliteFile);
  if (!existsSync(file))
    throw new UserError(`There is no database in \`${dataDir}\`. Set DATA_DIR to the folder the bot used.`);
  // Makes the target's tables, and refuses one that is newer than this program.
  await (await openStore({ databaseUrl, migrations })).close();
  const source = new DatabaseSync(file, { readOnly: true, timeout: 5000 });
  const target = new Client({ connectionString: databaseUrl });
  target.on("error", () => {});
  try {
    await target.connect();
    // The read transaction holds one state of the source, whatever is written meanwhile.
    source.exec("begin");
    await target.query("begin");
    await refuseOtherSchema(source, target);
    const shapes = readShapes(source);
    for (const { table } of shapes) await refuseRows(target, table);
    const copied: CopiedTable[] = [];
    for (const shape of shapes) {
      const sent = await copyTable(source, target, shape);
      const arrived = await readBack(target, shape);
      if (sent.rows !== arrived.rows || sent.checksum !== arrived.checksum) {
        throw new UserError(
          `The table \`${shape.table}\` did not arrive as it was sent (${sent.rows} rows sent, ${arrived.rows} arrived), so nothing was copied. Please try again.`,
        );
      }
      copied.push(sent);
    }
    await target.query("commit");
    return copied;
  } catch (error) {
    throw fromPostgres(fromSqlite(error));
  } finally {
    source.close();
    await target.end().catch(() => {});
  }
}

async function refuseOtherSchema(source: DatabaseSync, target: Client) {
  const query = "select name from migration order by name";
  const here = source
    .prepare(query)
    .all()
    .map(({ name }) => name);
  const there = (await target.query(query)).rows.map(({ name }) => name);
  if (here.sort().join() === there.sort().join()) return;
  throw new UserError(
    "The two databases are not at the same version. Start this version of Bakehouse once on the SQLite database, stop it, then copy again.",
  );
}

async function refuseRows(target: Client, table: string) {
  const { rowCount } = await target.query(`select 1 from "${table}" limit 1`);
  if (!rowCount) return;
  throw new UserError(
    `The PostgreSQL database is not empty (it has rows in \`${table}\`), so nothing was copied. Give it a fresh one.`,
  );
}

function readShapes(source: DatabaseSync): Shape[] {
  const tables = source.prepare(
    "select name from sqlite_schema where type = 'table' and name not like 'sqlite_%' order by name",
  );
  return tables
    .all()
    .map(({ name }) => String(name))
    .filter((name) => !left.includes(name))
    .map((table) => {
      const columns = source.prepare(`select name, pk from pragma_table_info(?) order by cid`).all(table);
      const key = columns.filter(({ pk }) => Number(pk) > 0).sort((a, b) => Number(a.pk) - Number(b.pk));
      return { table, columns: columns.map(({ name }) => String(name)), key: key.map(({ name }) => String(name)) };
    });
}

async function copyTable(source: DatabaseSync, target: Client, { table, columns, key }: Shape): Promise<CopiedTable> {
  const sum = createSum();
  let lot: SQLInputValue[] = [];
  const send = async () => {
    if (!lot.length) return;
    const marks = Array.from({ length: lot.length / columns.length }, (_, row) => {
      return `(${columns.map((_, column) => `$${row * columns.length + column + 1}`).join(", ")})`;
    });
    await target.query(`insert into "${table}" (${quoted(columns)}) values ${marks.join(", ")}`, lot);
    lot = [];
  };
  for (const row of source.prepare(`select ${quoted(columns)} from "${table}" order by ${quoted(key)}`).iterate()) {
    const values = columns.map((column) => row[column] as SQLInputValue);
    sum.add(values);
    lot.push(...values);
    if (lot.length >= rowsAtOnce * columns.length) await send();
  }
  await send();
  return { table, ...sum.result() };
}

async function readBack(target: Client, { table, columns, key }: Shape): Promise<{ rows: number; checksum: string }> {
  const sum = createSum();
  await target.query(`declare copied cursor for select ${quoted(columns)} from "${table}" order by ${quoted(key)}`);
  for (;;) {
    const { rows } = await target.query({ text: `fetch ${rowsAtOnce} from copied`, rowMode: "array" });
    for (const row of rows) sum.add(row as unknown[]);
    if (rows.length < rowsAtOnce) break;
  }
  await target.query("close copied");
  return sum.result();
}

/** Numbers are written as text: PostgreSQL hands out large ones as text, SQLite as numbers. */
function createSum() {
  const hash = createHash("sha256");
  let rows = 0;
  return {
    add(values: unknown[]) {
      rows++;
      hash.update(`${JSON.stringify(values.map((value) => (value === null ? null : String(value))))}\n`);
    },
    result: () => ({ rows, checksum: hash.digest("hex") }),
  };
}
