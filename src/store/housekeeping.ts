import { sql } from "kysely";
import { type Log, silentLog } from "../core/log.ts";
import type { Leases } from "./leases.ts";
import "./inbox.ts";
import "./outbox.ts";
import type { Store } from "./store.ts";
import "./timers.ts";

const hour = 3_600_000;
/** How long (ms) handled events and fired timers are kept, and delivered messages, which may still be edited. */
const keep = { events: 48 * hour, messages: 30 * 24 * hour };
const every = hour / 6;
/** Rows deleted in one transaction: nobody waits long for it. */
const lot = 1000;

/** Deletes what nobody needs any more and returns how many rows that were. */
export async function prune(store: Store): Promise<number> {
  const now = store.now();
  return (
    (await inLots((most) =>
      store.write((tx) =>
        tx
          .deleteFrom("event")
          .where("key", "in", (from) =>
            from
              .selectFrom("event")
              .select("key")
              .where("at", "<", now - keep.events)
              .orderBy("at")
              .limit(most),
          )
          .executeTakeFirst(),
      ),
    )) +
    (await inLots((most) =>
      store.write((tx) =>
        tx
          .deleteFrom("timer")
          .where("id", "in", (from) =>
            from
              .selectFrom("timer")
              .select("id")
              .where("state", "=", sql.lit(1))
              .where("due_at", "<", now - keep.events)
              .orderBy("due_at")
              .limit(most),
          )
          .executeTakeFirst(),
      ),
    )) +
    (await inLots((most) =>
      store.write((tx) =>
        tx
          .deleteFrom("outbox")
          .where("key", "in", (from) =>
            from
              .selectFrom("outbox")
              .select("key")
              .where("state", ">", sql.lit(0))
              .where("at", "<", now - keep.messages)
              .orderBy("at")
              .limit(most),
          )
          .executeTakeFirst(),
      ),
    )) +
    (await inLots((most) =>
      store.write((tx) =>
        tx
          .deleteFrom("inbox")
          .where("key", "in", (from) =>
            from.selectFrom("inbox").select("key").where("until", "<", now).orderBy("until").limit(most),
          )
          .executeTakeFirst(),
      ),
    ))
  );
}

async function inLots(deleteSome: (most: number) => Promise<{ numDeletedRows: bigint }>): Promise<number> {
  let deleted = 0;
  for (;;) {
    const some = Number((await deleteSome(lot)).numDeletedRows);
    deleted += some;
    if (some < lot) return deleted;
  }
}

/** What a housekeeper works with. */
export interface HousekeeperParts {
  leases: Leases;
  log?: Log;
  /** What other parts have to delete; each returns how many rows that were. */
  also?: readonly (() => Promise<number>)[];
}

/** Prunes every ten minutes, in one of the processes. */
export function createHousekeeper(store: Store, { leases, log = silentLog, also = [] }: HousekeeperParts) {
  let watch: NodeJS.Timeout | null = null;
  const clean = () =>
    Promise.all([prune(store), ...also.map((each) => each())]).then(
      (rows) => log.debug("pruned", { rows: rows.reduce((sum, each) => sum + each, 0) }),
      (error) => log.warn("pruning failed", { error }),
    );
  const rest = () => {
    if (watch) clearInterval(watch);
    watch = null;
  };
  return {
    start: () =>
      leases.keep("housekeeping", {
        gained() {
          watch = setInterval(() => void clean(), every);
          void clean();
        },
        lost: rest,
      }),
    /** Stops at once; the duty goes back with the leases. */
    stop: rest,
  };
}
