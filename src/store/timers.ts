import { sql } from "kysely";
import type { Log } from "../core/log.ts";
import { silentLog } from "../core/log.ts";
import { afterCommit } from "./scope.ts";
import type { Store, Tx } from "./store.ts";
import { StoreError } from "./store-error.ts";

declare module "./store.ts" {
  interface Tables {
    /** `due_at` is the next attempt, `set_for` the moment that was asked for; state 0 waits, 1 has fired. */
    timer: {
      id: string;
      kind: string;
      payload: string;
      set_for: number;
      due_at: number;
      state: number;
      attempts: number;
    };
  }
}

/** Something that happens at a moment, whatever happens to the process until then. */
export interface Timer {
  id: string;
  kind: string;
  /** The moment it was set for, in ms since the epoch. */
  dueAt: number;
  /** Anything that fits into JSON. */
  payload: unknown;
}

/** Runs in the transaction that marks the timer as fired: both are kept or neither. */
export type TimerEffect = (timer: Timer, tx: Tx) => Promise<void>;

export interface Timers {
  /** Sets or moves the timer `id`; it counts once `tx` has been committed. */
  set(tx: Tx, timer: { id: string; kind: string; dueAt: number; payload?: unknown }): Promise<void>;
  /** Whether there was a waiting timer to cancel. */
  cancel(tx: Tx, id: string): Promise<boolean>;
  /** What a kind of timer does; say so before `start`. */
  on(kind: string, effect: TimerEffect): void;
  /** Fires what is overdue, then keeps watching. */
  start(): Promise<void>;
  /** Fires everything due now and returns how many; for tests and for the start. */
  fireDue(): Promise<number>;
  /** Stops watching and waits for the effects that are running. */
  stop(): Promise<void>;
}

/** How far timers are read ahead (ms) and how often (ms). */
const ahead = 2000;
const every = 1000;
/** How many fire side by side: fewer than PostgreSQL connections, so that people's answers still get one. */
const together = 5;

/** Timers that live in the store, so that they fire once whatever dies; several processes may share them. */
export function createTimers(store: Store, { log = silentLog }: { log?: Log } = {}): Timers {
  const effects = new Map<string, TimerEffect>();
  const armed = new Map<string, NodeJS.Timeout>();
  const running = new Set<Promise<unknown>>();
  let watch: NodeJS.Timeout | null = null;

  function arm(id: string, dueAt: number) {
    clearTimeout(armed.get(id));
    armed.delete(id);
    if (!watch || dueAt - store.now() > ahead) return;
    const alarm = setTimeout(
      () => {
        armed.delete(id);
        track(fire(id));
      },
      Math.max(0, dueAt - store.now()),
    );
    armed.set(id, alarm);
  }

  function track(work: Promise<unknown>) {
    const tracked = work.finally(() => running.delete(tracked));
    running.add(tracked);
  }

  /** Whether the effect of `id` happened now, in this process. */
  async function fire(id: string): Promise<boolean> {
    let found: { due_at: number; attempts: number } | undefined;
    try {
      return await store.write(async (tx) => {
        found = undefined;
        const waiting = tx.selectFrom("timer").selectAll().where("id", "=", id).where("state", "=", sql.lit(0));
        // A row that another process is firing right now is skipped, not waited for.
        const row = await waiting.forUpdate().skipLocked().executeTakeFirst();
        const effect = row && effects.get(row.kind);
        if (!row || !effect) return false;
        if (row.due_at > store.now()) {
          afterCommit(tx, () => arm(id, row.due_at));
          return false;
        }
        found = row;
        await tx.updateTable("timer").set({ state: 1 }).where("id", "=", id).execute();
        await effect({ id, kind: row.kind, dueAt: row.set_for, payload: JSON.parse(row.payload) }, tx);
        return true;
      });
    } catch (error) {
      log.error("timer failed", { id, error });
      if (found && !(error instanceof StoreError)) await postpone(id, found).catch(() => {});
      return false;
    }
  }

  async function postpone(id: string, { due_at, attempts }: { due_at: number; attempts: number }) {
    const pause = Math.min(1000 * 2 ** attempts, 300_000);
    await store.write((tx) =>
      tx
        .updateTable("timer")
        .set({ due_at: store.now() + pause, attempts: attempts + 1 })
        .where("id", "=", id)
        .where("state", "=", sql.lit(0))
        .where("due_at", "=", due_at)
        .execute(),
    );
  }

  function waitingUntil(moment: number) {
    return store.read
      .selectFrom("timer")
      .select(["id", "due_at"])
      .where("state", "=", sql.lit(0))
      .where("due_at", "<=", moment)
      .where("kind", "in", [...effects.keys()])
      .orderBy("due_at")
      .orderBy("id");
  }

  async function fireDue(): Promise<number> {
    if (!effects.size) return 0;
    let fired = 0;
    for (;;) {
      const due = await waitingUntil(store.now()).limit(100).execute();
      const before = fired;
      for (let at = 0; at < due.length; at += together) {
        const outcomes = await Promise.all(due.slice(at, at + together).map(({ id }) => fire(id)));
        fired += outcomes.filter(Boolean).length;
      }
      if (fired === before) return fired;
    }
  }

  async function look() {
    try {
      await fireDue();
      if (!effects.size) return;
      for (const { id, due_at } of await waitingUntil(store.now() + ahead).execute())
        if (!armed.has(id)) arm(id, due_at);
    } catch (error) {
      log.warn("timers could not be read", { error });
    } finally {
      if (watch) watch = setTimeout(() => track(look()), every);
    }
  }

  return {
    async set(tx, { id, kind, dueAt, payload = null }) {
      const moment = Math.ceil(dueAt);
      const row = { kind, payload: JSON.stringify(payload), set_for: moment, due_at: moment, state: 0, attempts: 0 };
      await tx
        .insertInto("timer")
        .values({ id, ...row })
        .onConflict((conflict) => conflict.column("id").doUpdateSet(row))
        .execute();
      afterCommit(tx, () => arm(id, moment));
    },
    async cancel(tx, id) {
      const { numDeletedRows } = await tx
        .deleteFrom("timer")
        .where("id", "=", id)
        .where("state", "=", sql.lit(0))
        .executeTakeFirst();
      return numDeletedRows > 0n;
    },
    on: (kind, effect) => void effects.set(kind, effect),
    async start() {
      watch ??= setTimeout(() => {}, 0);
      await look();
    },
    fireDue,
    async stop() {
      if (watch) clearTimeout(watch);
      watch = null;
      for (const alarm of armed.values()) clearTimeout(alarm);
      armed.clear();
      while (running.size) await Promise.allSettled([...running]);
    },
  };
}
