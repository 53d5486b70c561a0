import type { DatabaseSync } from "node:sqlite";
import { setTimeout as sleep } from "node:timers/promises";
import type { ControlledTransaction, Kysely } from "kysely";
import { openScope, outsideOfWrites, type Scope } from "./scope.ts";
import type { Tables, Tx } from "./store.ts";
import { fromSqlite, StoreError, storeTrouble } from "./store-error.ts";

interface Waiting {
  work(tx: Tx): Promise<unknown>;
  resolve(value: unknown): void;
  reject(error: unknown): void;
}

/** A batch takes callers for this long at most (ms), so that the event loop gets its turn. */
const batchTime = 25;
/** How long a work may take (ms) before it is dropped: on SQLite everybody else waits for it. */
const workTime = 10_000;
/** How long to wait (ms) for another program's write lock. */
const lockTime = 5_000;

/** Writes of many callers share one transaction and one fsync; a caller's failure rolls back that caller's part only. */
export function createGroupCommit(writer: Kysely<Tables>, database: DatabaseSync) {
  const queue: Waiting[] = [];
  let running: Promise<void> | null = null;

  function write<T>(work: (tx: Tx) => Promise<T>): Promise<T> {
    const { promise, resolve, reject } = Promise.withResolvers<T>();
    queue.push({ work, resolve: resolve as Waiting["resolve"], reject });
    running ??= outsideOfWrites(drain);
    return promise;
  }

  async function drain() {
    while (queue.length) {
      await new Promise((turn) => setImmediate(turn));
      await commitBatch();
    }
    running = null;
  }

  async function commitBatch() {
    const settled: { settle(): void; reject: Waiting["reject"] }[] = [];
    let transaction: ControlledTransaction<Tables> | undefined;
    try {
      transaction = await begin();
      const started = performance.now();
      for (let one = queue.shift(); one; one = performance.now() - started < batchTime ? queue.shift() : undefined) {
        settled.push(await runOne(transaction, one));
        // A full disk rolls back everybody's part: https://www.sqlite.org/lang_transaction.html
        if (!database.isTransaction) throw storeTrouble("full");
      }
      await transaction.commit().execute();
    } catch (error) {
      await transaction?.rollback().execute();
      if (settled.length) for (const { reject } of settled) reject(error);
      else for (const { reject } of queue.splice(0)) reject(error);
      return;
    }
    for (const { settle } of settled) settle();
  }

  async function runOne(transaction: Tx, { work, resolve, reject }: Waiting) {
    const scope = openScope(transaction);
    database.exec("savepoint one");
    try {
      const value = await withDeadline(scope, work);
      database.exec("release one");
      return {
        reject,
        settle() {
          scope.committed();
          resolve(value);
        },
      };
    } catch (error) {
      if (database.isTransaction) database.exec("rollback to one; release one");
      return { reject, settle: () => reject(error) };
    }
  }

  async function begin() {
    const deadline = performance.now() + lockTime;
    for (let pause = 1; ; pause = Math.min(pause * 2, 50)) {
      try {
        return await writer.startTransaction().execute();
      } catch (error) {
        const locked = error instanceof StoreError && error.trouble === "locked";
        if (!locked || performance.now() > deadline) throw fromSqlite(error);
        await sleep(pause);
      }
    }
  }

  return {
    write,
    /** Resolves when every write that was asked for has ended. */
    drained: async () => {
      while (running) await running;
    },
  };
}

async function withDeadline(scope: Scope, work: (tx: Tx) => Promise<unknown>): Promise<unknown> {
  const { promise: late, reject } = Promise.withResolvers<never>();
  const timer = setTimeout(() => reject(new Error(`a write took longer than ${workTime} ms`)), workTime);
  try {
    return await Promise.race([scope.run(work), late]);
  } finally {
    clearTimeout(timer);
    scope.end();
  }
}
