import { sql } from "kysely";
import type { Log } from "../core/log.ts";
import type { Store } from "./store.ts";
import { StoreError } from "./store-error.ts";

/** The words in which the engines differ, for use in a migration's SQL, and a way to run it. */
interface Schema {
  kind: Store["kind"];
  /** Text that sorts and compares byte by byte on both engines. */
  text: string;
  /** A whole number up to 2^53: milliseconds, counts, yes (1) and no (0). */
  int: string;
  /** A floating-point number. */
  real: string;
  /** Ends every `create table`. */
  strict: string;
  /** Runs one statement. */
  run(statement: string): Promise<void>;
}

/** One step of the schema, the same on both engines. Steps only ever add; ids are text, times integer milliseconds, JSON text; no foreign keys, so that tables can be copied one by one. */
export interface Migration {
  /** `0101-what-it-adds`; never changed once released. */
  name: string;
  up(schema: Schema): Promise<void>;
}

/**
 * Brings the database to the newest schema, through those `migrations` it has not been through, in one transaction; several processes may do so at once.
 * Throws a StoreError when the database knows a migration that this program does not.
 */
export async function migrate(
  write: Store["write"],
  kind: Store["kind"],
  { now, log, migrations }: { now: () => number; log: Log; migrations: readonly Migration[] },
): Promise<void> {
  const schema = (run: Schema["run"]): Schema =>
    kind === "sqlite"
      ? { kind, text: "text", int: "integer", real: "real", strict: "strict", run }
      : { kind, text: 'text collate "C"', int: "bigint", real: "double precision", strict: "", run };
  await write(async (tx) => {
    const run = async (statement: string) => void (await sql.raw(statement).execute(tx));
    const words = schema(run);
    if (kind === "postgres") await run("select pg_advisory_xact_lock(726943)");
    await run(
      `create table if not exists migration (name ${words.text} primary key not null, at ${words.int} not null) ${words.strict}`,
    );
    const applied = (await tx.selectFrom("migration").select("name").orderBy("name").execute()).map(({ name }) => name);
    refuseNewer(applied, migrations);
    for (const { name, up } of migrations) {
      if (applied.includes(name)) continue;
      await up(words);
      await tx.insertInto("migration").values({ name, at: now() }).execute();
      log.info("migrated", { name });
    }
  });
}

function refuseNewer(applied: string[], migrations: readonly Migration[]): void {
  const unknown = applied.filter((name) => !migrations.some((migration) => migration.name === name));
  if (!unknown.length) return;
  throw new StoreError(
    "newer",
    `This database was written by a newer version of Bakehouse (it knows \`${unknown.at(-1)}\`). Nothing was changed: run that version, or put back a backup from before the update.`,
  );
}
