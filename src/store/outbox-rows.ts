import { type Selectable, sql } from "kysely";
import { type Leases, processLease } from "./leases.ts";
import type { Store, Tables, Tx } from "./store.ts";

/** A row that waits, whether a living process has it in its hands, and what it hangs on. */
export interface LaneRow extends Selectable<Tables["outbox"]> {
  held: boolean;
  parent_ref: string | null;
  parent_state: number | null;
}

/** What can be done in a lane now. */
export type Step =
  | { kind: "send"; row: LaneRow; overtakes: boolean }
  | { kind: "lose"; row: LaneRow; reason: string }
  /** `until` in ms since the epoch; null: another process is at it. */
  | { kind: "wait"; until: number | null }
  | { kind: "empty" };

/** After so many failures a row lets the later ones of its lane pass. */
const passedAfter = 4;

/** The next step of a lane whose waiting rows are given in order. */
export function nextStep(rows: LaneRow[], now: number): Step {
  let until: number | null = null;
  for (const row of rows) {
    if (row.held) break;
    if (row.parent && row.parent_state === 2) return { kind: "lose", row, reason: `${row.parent} was not delivered` };
    if (row.parent && !row.parent_ref) continue;
    if (row.due_at <= now) return { kind: "send", row, overtakes: row !== rows[0] };
    until = Math.min(until ?? row.due_at, row.due_at);
    if (row.attempts < passedAfter) break;
  }
  return rows.length ? { kind: "wait", until } : { kind: "empty" };
}

/** The sender's queries. */
export function createOutboxRows(store: Store, leases: Leases) {
  /** Lanes of the given platforms with something to send, except those named. */
  async function lanes(platforms: string[], except: string[], limit: number): Promise<string[]> {
    let query = store.read
      .selectFrom("outbox")
      .select("lane")
      .distinct()
      .where("state", "=", sql.lit(0))
      .where("platform", "in", platforms)
      .limit(limit);
    if (except.length) query = query.where("lane", "not in", except);
    return (await query.execute()).map(({ lane }) => lane);
  }

  async function read(lane: string): Promise<LaneRow[]> {
    const rows = await store.read
      .selectFrom("outbox")
      .leftJoin("outbox as above", "above.key", "outbox.parent")
      .selectAll("outbox")
      .select(["above.ref as parent_ref", "above.state as parent_state"])
      .select(({ exists }) => exists(livingOwner()).as("held"))
      .where("outbox.state", "=", sql.lit(0))
      .where("outbox.platform", "=", (JSON.parse(lane) as [string])[0])
      .where("outbox.lane", "=", lane)
      .orderBy("outbox.seq")
      .orderBy("outbox.key")
      .limit(20)
      .execute();
    return rows.map((row) => ({ ...row, held: Boolean(row.held) && row.owner !== leases.owner }));
  }

  const livingOwner = () =>
    store.read
      .selectFrom("lease")
      .select("lease.name")
      .where("lease.name", "=", sql<string>`${processLease} || outbox.owner`)
      .where("lease.until", ">", store.now());

  /** Takes a row into this process's hands and returns its newest state; undefined when another was faster. */
  async function claim(row: LaneRow): Promise<Selectable<Tables["outbox"]> | undefined> {
    return store.write((tx) =>
      tx
        .updateTable("outbox")
        .set({ owner: leases.owner })
        .where("key", "=", row.key)
        .where("state", "=", sql.lit(0))
        .where(({ eb, or, not, exists }) =>
          or([eb("owner", "is", null), eb("owner", "=", leases.owner), not(exists(livingOwner()))]),
        )
        .returningAll()
        .executeTakeFirst(),
    );
  }

  /** Notes what was sent, and runs `also` in the same transaction. A version that came in the meantime leaves the row waiting. */
  async function mark(
    sent: Selectable<Tables["outbox"]>,
    ref: unknown,
    overtook: boolean,
    also: (tx: Tx) => Promise<void> = async () => {},
  ): Promise<void> {
    await store.write(async (tx) => {
      await also(tx);
      await tx
        .updateTable("outbox")
        .set(({ eb, ref: column }) => {
          const newest = eb("version", "=", sent.version);
          return {
            ref: JSON.stringify(ref),
            sent: sent.version,
            state: eb.case().when(newest).then(1).else(0).end(),
            content: eb.case().when(newest).then("").else(column("content")).end(),
            ...{ owner: null, attempts: 0, failing_since: null, due_at: 0, error: null },
          };
        })
        .where("key", "=", sent.key)
        .execute();
      // The channel works: what failed before gets its turn at once.
      const failing = tx
        .updateTable("outbox")
        .set({ due_at: 0 })
        .where("state", "=", sql.lit(0))
        .where("lane", "=", sent.lane);
      if (overtook) await failing.where("platform", "=", sent.platform).execute();
    });
  }

  /** Puts a row back for a later attempt. `pause` in ms. */
  async function postpone(row: Selectable<Tables["outbox"]>, error: string, pause: number): Promise<void> {
    const now = store.now();
    await store.write((tx) =>
      tx
        .updateTable("outbox")
        .set({ owner: null, attempts: row.attempts + 1, due_at: now + pause, error })
        .set({ failing_since: row.failing_since ?? now })
        .where("key", "=", row.key)
        .execute(),
    );
  }

  async function lose(tx: Tx, key: string, error: string): Promise<void> {
    const given = { state: 2, owner: null, content: "", error };
    await tx.updateTable("outbox").set(given).where("key", "=", key).execute();
  }

  return { lanes, read, claim, mark, postpone, lose };
}
