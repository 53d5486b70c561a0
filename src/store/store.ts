import type { CompiledQuery, Kysely, Transaction } from "kysely";
import type { Log } from "../core/log.ts";
import type { Migration } from "./migrate.ts";

/**
 * Every table of the program. A part adds its own where it is used:
 * `declare module "./store.ts" { interface Tables { round: RoundTable } }`.
 */
export interface Tables {
  migration: { name: string; at: number };
  /** Handled events, for 48 hours; `outcome` is JSON. */
  event: { key: string; at: number; outcome: string | null };
  /** Duties and living processes; `until` in milliseconds since the epoch. */
  lease: { name: string; owner: string; until: number };
}

/** A transaction: hand it to everything that must be kept or dropped together. Dead as soon as the work returns. */
export type Tx = Transaction<Tables>;

/** What {@link Store.once} gives back: `again` when the event had been handled before and `value` is the stored outcome. */
export interface Once<T> {
  value: T;
  again: boolean;
}

/** Where everything is kept that must survive a crash. The same code runs on SQLite and on PostgreSQL. */
export interface Store {
  kind: "sqlite" | "postgres";
  /** Reads committed data, outside of any transaction. Never write through it. */
  read: Kysely<Tables>;
  /**
   * Runs `work` in a transaction and resolves after it is on disk. `work` may run again after a conflict, so its only
   * effects are on `tx` (others belong in {@link afterCommit}); keep network calls out of it: on SQLite everybody waits.
   * Lock the row you decide on with `.forUpdate()`: needed on PostgreSQL, ignored on SQLite. Rejects with what `work` threw, or a StoreError; then nothing was kept.
   */
  write<T>(work: (tx: Tx) => Promise<T>): Promise<T>;
  /** Like `write`, at most once per `event`: a second call gives the first one's outcome, which must fit into JSON. */
  once<T>(event: string, work: (tx: Tx) => Promise<T>): Promise<Once<T>>;
  /** Milliseconds since the epoch; on PostgreSQL the database's clock, so that several processes agree. */
  now(): number;
  close(): Promise<void>;
}

export interface StoreOptions {
  /** Every step of the schema, in order. */
  migrations: readonly Migration[];
  /** SQLite: the folder that holds `bakehouse.db`; made when missing. */
  dataDir?: string;
  /** PostgreSQL: `postgres://…`; wins over `dataDir`. */
  databaseUrl?: string;
  /** Replaces the clock, for tests. */
  now?: () => number;
  log?: Log;
  /** Sees every query before it runs; for tests of query plans. */
  onQuery?: (query: CompiledQuery) => void;
}

/**
 * Opens the store and brings it to the newest schema. Throws a StoreError when it cannot be reached, is damaged,
 * or was written by a newer version of the program.
 */
export async function openStore(options: StoreOptions): Promise<Store> {
  if (options.databaseUrl) return (await import("./postgres.ts")).openPostgres(options.databaseUrl, options);
  return (await import("./sqlite.ts")).openSqlite(options.dataDir ?? "data", options);
}
