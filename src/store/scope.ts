import { AsyncLocalStorage } from "node:async_hooks";
import type { KyselyPlugin } from "kysely";
import type { Tx } from "./store.ts";

/** One caller's share of a transaction. */
export interface Scope {
  tx: Tx;
  run<T>(work: (tx: Tx) => Promise<T>): Promise<T>;
  /** From now on the transaction refuses every query. */
  end(): void;
  /** Runs what was left with {@link afterCommit}. */
  committed(): void;
}

const inside = new AsyncLocalStorage<true>();
const later = new WeakMap<Tx, (() => void)[]>();

/** Has `effect` run as soon as `tx` is on disk, and never when it is rolled back. `effect` must not throw. */
export function afterCommit(tx: Tx, effect: () => void): void {
  const effects = later.get(tx);
  if (!effects) throw new Error("afterCommit needs the transaction that write() handed out");
  effects.push(effect);
}

/** Throws when called from within a write: the inner one would wait for the outer one for ever. */
export function refuseNested(): void {
  if (inside.getStore()) throw new Error("a write inside a write: pass the transaction on instead");
}

/** Leaves the transaction's mark behind, for background work that is started from inside one. */
export function outsideOfWrites<T>(run: () => T): T {
  return inside.exit(run);
}

/** Wraps an open transaction for one caller. */
export function openScope(transaction: Tx): Scope {
  let ended = false;
  const guard: KyselyPlugin = {
    transformQuery({ node }) {
      if (ended) throw new Error("this transaction has ended: a query was not awaited, or came too late");
      return node;
    },
    transformResult: async ({ result }) => result,
  };
  const tx = transaction.withPlugin(guard);
  const effects: (() => void)[] = [];
  later.set(tx, effects);
  return {
    tx,
    run: (work) => inside.run(true, () => work(tx)),
    end: () => {
      ended = true;
    },
    committed() {
      for (const effect of effects) {
        try {
          outsideOfWrites(effect);
        } catch (error) {
          process.emitWarning(error as Error);
        }
      }
    },
  };
}
