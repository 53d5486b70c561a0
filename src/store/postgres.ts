import { setTimeout as sleep } from "node:timers/promises";
import { type ControlledTransaction, Kysely } from "kysely";
import { Pool, types } from "pg";
import { type Log, silentLog } from "../core/log.ts";
import { createDatabaseClock } from "./database-clock.ts";
import { createGate } from "./gate.ts";
import { migrate } from "./migrate.ts";
import { once } from "./once.ts";
import { postgresDialect } from "./postgres-dialect.ts";
import { openScope, refuseNested } from "./scope.ts";
import type { Store, StoreOptions, Tables, Tx } from "./store.ts";
import { isConflict, StoreError } from "./store-error.ts";

/** How long a write is tried again while the server cannot be reached, in ms. */
const patience = 5000;
/** Writes wait for each other here and not for a connection, which would be given up after a while; reads always find one. */
const connections = 10;
const keptForReads = 2;
/** How often a write is tried again that another one stood in the way of. */
const mostConflicts = 10;
/** int8, and numeric (what a sum of int8 is): https://www.postgresql.org/docs/current/catalog-pg-type.html */
const wholeNumbers = [20, 1700];

/** Opens the store in the PostgreSQL database at `url`. Throws a StoreError. */
export async function openPostgres(
  url: string,
  { migrations, now, log = silentLog, onQuery }: Omit<StoreOptions, "databaseUrl">,
): Promise<Store> {
  const pool = createPool(url, log);
  const read = new Kysely<Tables>({ dialect: postgresDialect(pool, onQuery) });
  const clock = createDatabaseClock(pool);
  try {
    if (!now) await clock.start();
    const time = now ?? clock.now;
    const gate = createGate(connections - keptForReads);
    const running = new Set<Promise<unknown>>();
    const tracked = <T>(work: (tx: Tx) => Promise<T>, repeatable: boolean): Promise<T> => {
      refuseNested();
      const writing = gate(() => writeRetried(read, work, repeatable)).finally(() => running.delete(writing));
      running.add(writing);
      return writing;
    };
    const write: Store["write"] = (work) => tracked(work, false);
    await migrate((work) => tracked(work, true), "postgres", { now: time, log, migrations });
    return {
      kind: "postgres",
      read,
      write,
      // The key in `event` tells whether an attempt whose end was not seen had been kept: it may simply run again.
      once: (event, work) => once((keyed) => tracked(keyed, true), time, event, work),
      now: time,
      async close() {
        clock.stop();
        await Promise.allSettled([...running]);
        await read.destroy();
      },
    };
  } catch (error) {
    clock.stop();
    await pool.end();
    throw error instanceof StoreError && error.trouble === "lost" ? unreachable(url, error) : error;
  }
}

/** One transaction; run again after a conflict or a lost connection. `repeatable`: also when the end of the commit was not seen. */
async function writeRetried<T>(db: Kysely<Tables>, work: (tx: Tx) => Promise<T>, repeatable: boolean): Promise<T> {
  const started = performance.now();
  for (let attempt = 0; ; attempt++) {
    let transaction: ControlledTransaction<Tables> | undefined;
    let committing = false;
    try {
      transaction = await db.startTransaction().execute();
      const scope = openScope(transaction);
      const value = await scope.run(work).finally(scope.end);
      committing = true;
      await transaction.commit().execute();
      scope.committed();
      return value;
    } catch (error) {
      await transaction?.rollback().execute();
      const lost = error instanceof StoreError && error.trouble === "lost";
      if (lost && committing && !repeatable) throw unknownEnd(error);
      const hopeful = lost ? performance.now() - started < patience : isConflict(error) && attempt < mostConflicts;
      if (!hopeful) throw error;
      await sleep(Math.random() * Math.min(20 * 2 ** attempt, 500));
    }
  }
}

function createPool(connectionString: string, log: Log): Pool {
  const pool = new Pool({
    connectionString,
    max: connections,
    connectionTimeoutMillis: 5000,
    keepAlive: true,
    application_name: "bakehouse",
    types: {
      getTypeParser: ((oid: number, format: "text" | "binary") =>
        wholeNumbers.includes(oid) ? Number : types.getTypeParser(oid, format)) as typeof types.getTypeParser,
    },
  });
  pool.on("error", (error) => log.warn("an idle database connection was lost", { error: error.message }));
  // A connection in use reports its loss through its query; without a listener Node would end the process.
  pool.on("connect", (client) => client.on("error", () => {}));
  return pool;
}

function unknownEnd(cause: unknown): StoreError {
  return new StoreError(
    "lost",
    "I lost my database in the very moment of saving, so I cannot tell whether that was kept. Look before you do it again.",
    cause,
  );
}

function unreachable(url: string, cause: unknown): StoreError {
  const { host, pathname } = URL.canParse(url) ? new URL(url) : { host: "the given address", pathname: "" };
  return new StoreError(
    "lost",
    `PostgreSQL at ${host}${pathname} cannot be reached. Check that it runs and that DATABASE_URL names its host, port, user and password.`,
    cause,
  );
}
