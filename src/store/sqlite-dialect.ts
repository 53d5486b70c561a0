import type { DatabaseSync, SQLInputValue, StatementSync } from "node:sqlite";
import {
  type CompiledQuery,
  type DatabaseConnection,
  type Dialect,
  SqliteAdapter,
  SqliteIntrospector,
  SqliteQueryCompiler,
} from "kysely";
import { LRUCache } from "lru-cache";
import { plainValue } from "./plain-value.ts";
import { fromSqlite } from "./store-error.ts";

const mostStatements = 300;

/** Kysely over one `node:sqlite` connection: prepared statements are kept, transactions take the write lock at once. */
export function sqliteDialect(database: DatabaseSync, onQuery?: (query: CompiledQuery) => void): Dialect {
  const connection = connect(database, onQuery);
  const execute = async (statement: string) => guarded(() => database.exec(statement));
  return {
    createAdapter: () => new SqliteAdapter(),
    createQueryCompiler: () => new SqliteQueryCompiler(),
    createIntrospector: (db) => new SqliteIntrospector(db),
    createDriver: () => ({
      init: async () => {},
      acquireConnection: async () => connection,
      releaseConnection: async () => {},
      beginTransaction: () => execute("begin immediate"),
      commitTransaction: () => execute("commit"),
      // Some errors (a full disk) end the transaction by themselves: https://www.sqlite.org/lang_transaction.html
      rollbackTransaction: async () => {
        if (database.isTransaction) await execute("rollback");
      },
      destroy: async () => database.close(),
    }),
  };
}

function connect(database: DatabaseSync, onQuery?: (query: CompiledQuery) => void): DatabaseConnection {
  const prepared = new LRUCache<string, { statement: StatementSync; reader: boolean }>({ max: mostStatements });
  const prepare = (text: string) => {
    const known = prepared.get(text);
    if (known) return known;
    const statement = database.prepare(text);
    const fresh = { statement, reader: statement.columns().length > 0 };
    prepared.set(text, fresh);
    return fresh;
  };
  return {
    async executeQuery<R>(query: CompiledQuery) {
      onQuery?.(query);
      return guarded(() => {
        const { statement, reader } = prepare(query.sql);
        const values = query.parameters.map(plainValue) as SQLInputValue[];
        if (reader) return { rows: statement.all(...values) as R[] };
        const { changes, lastInsertRowid } = statement.run(...values);
        return { rows: [], numAffectedRows: BigInt(changes), insertId: BigInt(lastInsertRowid) };
      });
    },
    async *streamQuery<R>(query: CompiledQuery) {
      const values = query.parameters.map(plainValue) as SQLInputValue[];
      for (const row of database.prepare(query.sql).iterate(...values)) yield { rows: [row as R] };
    },
  };
}

function guarded<T>(run: () => T): T {
  try {
    return run();
  } catch (error) {
    throw fromSqlite(error);
  }
}
