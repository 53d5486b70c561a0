import { setTimeout as sleep } from "node:timers/promises";
import { type Selectable, sql } from "kysely";
import type { Inbox, Left, Told } from "../core/inbox.ts";
import { type Log, silentLog } from "../core/log.ts";
import { type Leases, leaseTime, processLease } from "./leases.ts";
import { isGone } from "./owner.ts";
import type { Store, Tables, Tx } from "./store.ts";

declare module "./store.ts" {
  interface Tables {
    /**
     * One row per thing that a platform told the bot. `owner` is the process that answers it, `begun` how often one began to.
     * state 0 is in work, 1 answered: then only the key is left, so that a later delivery is known. Not kept beyond `until`.
     */
    inbox: {
      key: string;
      platform: string;
      /** As quizzes name it, for example `slack:T1234`. */
      workspace: string;
      body: string;
      note: string | null;
      owner: string;
      begun: number;
      state: number;
      at: number;
      until: number;
    };
  }
}

type Answered = Pick<Told, "key" | "platform" | "workspace">;

/** How long (ms) an answered event is known. Slack delivers again for a day at most. */
const known = 48 * 3_600_000;
/** How often one event is begun: what ends the process each time must not end it for ever. */
const tries = 10;
const atOnce = 200;
/** How long (ms) answered events are gathered before they are marked together. */
const gatherFor = 100;

/** The inbox of this process. */
export function createInbox(
  store: Store,
  { leases, log = silentLog }: { leases: Pick<Leases, "owner">; log?: Log },
): Inbox {
  /** Answered, but the store did not take it. */
  const unmarked = new Map<string, Answered>();
  /** Built once, because everything that is said waits for it. */
  const byKey = store.read.selectFrom("inbox").select("key").where("key", "=", "").compile();
  const answered = () => ({ state: 1, body: "", note: null, until: store.now() + known });
  const rowOf = ({ key, platform, workspace }: Answered) => ({
    ...{ key, platform, workspace: `${platform}:${workspace}` },
    ...{ owner: leases.owner, begun: 1, state: 0, at: store.now() },
  });

  async function mark(all: readonly Answered[]): Promise<void> {
    try {
      await store.write((tx) =>
        tx
          .insertInto("inbox")
          .values(all.map((told) => ({ ...rowOf(told), ...answered() })))
          .onConflict((conflict) => conflict.column("key").doUpdateSet(answered()))
          .execute(),
      );
      for (const { key } of all) unmarked.delete(key);
    } catch (error) {
      for (const told of all) unmarked.set(told.key, told);
      log.warn("answered events could not be marked", { error, count: all.length });
    }
  }

  /** Nobody waits for a mark, so those of a moment share one write, and the next question does not wait for the disk. */
  let gathering: { told: Map<string, Answered>; marked: Promise<void> } | undefined;

  function done(told: Answered): Promise<void> {
    if (!gathering) {
      const batch = new Map<string, Answered>();
      const marked = sleep(gatherFor).then(() => {
        gathering = undefined;
        return mark([...batch.values()]);
      });
      gathering = { told: batch, marked };
    }
    gathering.told.set(told.key, told);
    return gathering.marked;
  }

  /** Whether the process that has a row in hand cannot answer it any more. */
  async function gone(owner: string, at: number): Promise<boolean> {
    if (owner === leases.owner) return false;
    if (store.kind === "sqlite" || isGone(owner)) return true;
    // A process that has just started takes events before its first sign of life.
    if (at > store.now() - leaseTime) return false;
    const lease = await store.read
      .selectFrom("lease")
      .select("name")
      .where("name", "=", processLease + owner)
      .where("until", ">", store.now())
      .executeTakeFirst();
    return lease === undefined;
  }

  /** Takes a row into this process's hands; undefined when another was faster or nobody needs an answer any more. */
  async function take(tx: Tx, row: Selectable<Tables["inbox"]>): Promise<Left | undefined> {
    const late = row.until <= store.now();
    const change = late || row.begun >= tries ? answered() : { owner: leases.owner, begun: row.begun + 1 };
    const { numUpdatedRows } = await tx
      .updateTable("inbox")
      .set(change)
      .where("key", "=", row.key)
      .where("owner", "=", row.owner)
      .where("state", "=", 0)
      .executeTakeFirst();
    if (numUpdatedRows === 0n) return undefined;
    if (!("owner" in change)) {
      log.warn("an event was given up", { key: row.key, reason: late ? "too old" : "begun too often" });
      return undefined;
    }
    return { key: row.key, body: row.body, ...(row.note !== null && { note: JSON.parse(row.note) as unknown }) };
  }

  return {
    async knows(key) {
      const { rows } = await store.read.executeQuery({ ...byKey, parameters: [key] });
      return rows.length > 0;
    },
    async keep(told, note) {
      const row = { ...rowOf(told), body: told.body, until: store.now() + told.worthMs };
      const kept = await store.write((tx) =>
        tx
          .insertInto("inbox")
          .values({ ...row, note: note === undefined ? null : JSON.stringify(note) })
          .onConflict((conflict) => conflict.column("key").doNothing())
          .returning("key")
          .executeTakeFirst(),
      );
      return kept !== undefined;
    },
    async note(key, note) {
      const change = { note: JSON.stringify(note) };
      await store
        .write((tx) => tx.updateTable("inbox").set(change).where("key", "=", key).execute())
        .catch((error: unknown) => log.warn("how far an answer is could not be noted", { error }));
    },
    done,
    async *left(platform) {
      if (unmarked.size) await mark([...unmarked.values()]);
      const rows = await store.read
        .selectFrom("inbox")
        .selectAll()
        .where("platform", "=", platform)
        .where("state", "=", sql.lit(0))
        .where("owner", "!=", leases.owner)
        .orderBy("at")
        .limit(atOnce)
        .execute();
      for (const row of rows) {
        if (!(await gone(row.owner, row.at))) continue;
        const taken = await store.write((tx) => take(tx, row));
        if (taken) yield taken;
      }
    },
  };
}
