import {
  type CompiledQuery,
  type DatabaseConnection,
  type Dialect,
  PostgresAdapter,
  PostgresIntrospector,
  PostgresQueryCompiler,
} from "kysely";
import type { Pool, PoolClient } from "pg";
import { plainValue } from "./plain-value.ts";
import { fromPostgres, StoreError } from "./store-error.ts";

/** How long a statement, a wait for a row, and a transaction that does nothing may take, in ms. */
const limits =
  "set local statement_timeout = 10000; set local lock_timeout = 5000; set local idle_in_transaction_session_timeout = 30000";

interface Connection extends DatabaseConnection {
  client: PoolClient;
  inTransaction: boolean;
  broken: boolean;
}

/** Kysely over a `pg` pool: broken connections are dropped, and a read that met one is asked again on another. */
export function postgresDialect(pool: Pool, onQuery?: (query: CompiledQuery) => void): Dialect {
  const connect = async (): Promise<PoolClient> => {
    try {
      return await pool.connect();
    } catch (error) {
      throw fromPostgres(error);
    }
  };

  async function query(connection: Connection, text: string, values: unknown[] = []) {
    try {
      return await connection.client.query(text, values);
    } catch (error) {
      const described = fromPostgres(error);
      if (described instanceof StoreError && described.trouble === "lost") connection.broken = true;
      throw described;
    }
  }

  async function open(): Promise<Connection> {
    const connection: Connection = {
      client: await connect(),
      inTransaction: false,
      broken: false,
      async executeQuery<R>(compiled: CompiledQuery) {
        onQuery?.(compiled);
        const run = () => query(connection, compiled.sql, compiled.parameters.map(plainValue));
        const isRead = compiled.query.kind === "SelectQueryNode" && !connection.inTransaction;
        const result = await run().catch(async (error) => {
          if (!isRead || !connection.broken) throw error;
          connection.client.release(true);
          connection.client = await connect();
          connection.broken = false;
          return run();
        });
        return { rows: result.rows as R[], numAffectedRows: BigInt(result.rowCount ?? 0) };
      },
      // biome-ignore lint/correctness/useYield: reading row by row is done with a cursor where it is needed
      async *streamQuery() {
        throw new Error("streaming is not supported");
      },
    };
    return connection;
  }

  return {
    createAdapter: () => new PostgresAdapter(),
    createQueryCompiler: () => new PostgresQueryCompiler(),
    createIntrospector: (db) => new PostgresIntrospector(db),
    createDriver: () => ({
      init: async () => {},
      acquireConnection: open,
      async beginTransaction(connection) {
        const own = connection as Connection;
        own.inTransaction = true;
        // Without values this is one round trip, and `set local` works behind PgBouncer as well.
        await query(own, `begin; ${limits}`);
      },
      async commitTransaction(connection) {
        const { command } = await query(connection as Connection, "commit");
        (connection as Connection).inTransaction = false;
        if (command !== "COMMIT") throw new Error("the transaction was rolled back: an error in it had been swallowed");
      },
      async rollbackTransaction(connection) {
        const own = connection as Connection;
        if (!own.broken) await query(own, "rollback").catch(() => {});
        own.inTransaction = false;
      },
      async releaseConnection(connection) {
        const { client, broken, inTransaction } = connection as Connection;
        client.release(broken || inTransaction);
      },
      destroy: () => pool.end(),
    }),
  };
}
