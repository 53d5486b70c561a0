import { sql } from "kysely";
import type { Place } from "../core/context.ts";
import { type Log, silentLog } from "../core/log.ts";
import type { MessageRef, Platform } from "../core/platform.ts";
import type { Reply } from "../core/reply.ts";
import { within } from "../core/within.ts";
import type { Leases } from "./leases.ts";
import { createSender } from "./outbox-sender.ts";
import { encodeReply } from "./reply-json.ts";
import { afterCommit } from "./scope.ts";
import type { Store, Tx } from "./store.ts";

declare module "./store.ts" {
  interface Tables {
    /**
     * One row per message or thread. It is behind while `sent` (a version) is smaller than `version`.
     * `parent`: a thread's message, or the thread that a message goes into. `ref`: a MessageRef, or the thread's Place.
     * state 0 waits, 1 is up to date, 2 was given up.
     */
    outbox: {
      key: string;
      kind: "message" | "thread";
      seq: number;
      /** Rows of one lane are sent one after the other. */
      lane: string;
      platform: string;
      place: string | null;
      parent: string | null;
      /** The reply as JSON, or the thread's title; emptied once sent. */
      content: string;
      version: number;
      sent: number;
      ref: string | null;
      state: number;
      owner: string | null;
      attempts: number;
      failing_since: number | null;
      due_at: number;
      error: string | null;
      at: number;
    };
  }
}

/** The part of a platform that the outbox sends through. */
export type Carrier = Pick<Platform, "post" | "edit" | "openThread">;

/** A message or thread that could not be delivered and will not be tried again. */
export interface Lost {
  key: string;
  reason: string;
  /** The message itself is there; only its newest content is not. */
  edit: boolean;
}

/** How a message or thread is doing. `lost` was given up; `ref` of a message, `place` of a thread. */
interface Delivery {
  state: "waiting" | "sent" | "lost";
  ref?: MessageRef;
  place?: Place;
  reason?: string;
}

export interface Outbox {
  /** Has `reply` posted after `tx` is committed. `key` names the message for ever; a key that is known already is left alone. */
  post(tx: Tx, message: { key: string; place: Place | { thread: string }; reply: Reply }): Promise<void>;
  /** Replaces a message's content; of several edits that wait, only the newest is sent. False when there is no such message. */
  edit(tx: Tx, edit: { message: string; reply: Reply }): Promise<boolean>;
  /** Opens a thread under the message `under`; later posts name it as `{ thread: key }`. */
  openThread(tx: Tx, thread: { key: string; under: string; title: string }): Promise<void>;
  /** Makes a message that was posted elsewhere known under `key`, so that it can be edited and have a thread. */
  adopt(tx: Tx, message: { key: string; ref: MessageRef }): Promise<void>;
  /**
   * Waits at most `most` ms for a message or thread to be delivered or given up; resolves at once when it waits for a further attempt.
   * `advice`: what the platform has people told about one that was given up.
   */
  arrival(key: string, most: number): Promise<(Delivery & { advice?: string }) | undefined>;
  /** What became of a message or thread. */
  find(key: string, from?: Pick<Store["read"], "selectFrom">): Promise<Delivery | undefined>;
  /** Runs in the transaction that notes a message or thread as delivered for the first time (not at edits). */
  onSent(effect: (key: string, tx: Tx) => Promise<void>): void;
  /** Runs in the transaction that gives a delivery up. */
  onLost(effect: (lost: Lost, tx: Tx) => Promise<void>): void;
  /** Sends what is waiting and keeps watching. */
  start(): Promise<void>;
  /** Resolves when nothing can be sent right now: everything is delivered, given up, or waits for its next attempt. */
  flush(): Promise<void>;
  /** Stops after the sends that are under way. */
  stop(): Promise<void>;
}

/** Messages that are written with the state they belong to, and sent after it is on disk. `platforms` may be filled later. */
export function createOutbox(
  store: Store,
  { leases, platforms, log = silentLog }: { leases: Leases; platforms: ReadonlyMap<string, Carrier>; log?: Log },
): Outbox {
  const sender = createSender({ store, leases, platforms, log });
  const nextSeq = sql<number>`(select coalesce(max(seq), 0) + 1 from outbox)`;

  async function parentOf(tx: Tx, key: string) {
    const parent = await tx.selectFrom("outbox").select(["lane", "platform"]).where("key", "=", key).executeTakeFirst();
    if (!parent) throw new Error(`the outbox knows no ${key}`);
    return { ...parent, parent: key };
  }

  async function add(tx: Tx, row: AddedRow) {
    await tx
      .insertInto("outbox")
      .values({
        ...{ place: null, parent: null, ref: null, sent: 0, state: 0, owner: null, failing_since: null, error: null },
        ...{ seq: nextSeq, version: 1, attempts: 0, due_at: 0, at: store.now() },
        ...row,
      })
      .onConflict((conflict) => conflict.column("key").doNothing())
      .execute();
    afterCommit(tx, sender.poke);
  }

  async function find(key: string, from: Pick<Store["read"], "selectFrom"> = store.read) {
    const row = await from
      .selectFrom("outbox")
      .select(["kind", "ref", "state", "error"])
      .where("key", "=", key)
      .executeTakeFirst();
    if (!row) return undefined;
    const found: Delivery = { state: row.state === 0 ? "waiting" : row.state === 1 ? "sent" : "lost" };
    if (row.ref && row.kind === "message") found.ref = JSON.parse(row.ref);
    if (row.ref && row.kind === "thread") found.place = JSON.parse(row.ref);
    if (row.error) found.reason = row.error;
    return found;
  }

  return {
    async arrival(key, most) {
      const { heard, forget } = sender.hear(key);
      try {
        const before = await find(key);
        if (before?.state !== "waiting") return before;
        const advice = await within(Promise.race([heard, sender.flush().then(() => undefined)]), most, undefined);
        const found = await find(key);
        return found && { ...found, ...(advice !== undefined && { advice }) };
      } finally {
        forget();
      }
    },
    find,
    async post(tx, { key, place, reply }) {
      const where = "platform" in place ? atPlace(place) : await parentOf(tx, place.thread);
      await add(tx, { key, kind: "message", content: encodeReply(reply), ...where });
    },
    async openThread(tx, { key, under, title }) {
      await add(tx, { key, kind: "thread", content: title, ...(await parentOf(tx, under)) });
    },
    async adopt(tx, { key, ref }) {
      const done = { ref: JSON.stringify(ref), sent: 1, state: 1, content: "" };
      await add(tx, { key, kind: "message", ...atPlace(ref.place), ...done });
    },
    async edit(tx, { message, reply }) {
      const { numUpdatedRows } = await tx
        .updateTable("outbox")
        .set(({ ref, eb }) => ({
          content: encodeReply(reply),
          version: eb("version", "+", 1),
          // A change that still waits keeps its turn; what was given up stays so.
          seq: eb.case().when("state", "=", 0).then(ref("seq")).else(nextSeq).end(),
          state: eb.case().when("state", "=", 2).then(2).else(0).end(),
          at: store.now(),
        }))
        .where("key", "=", message)
        .where("kind", "=", "message")
        .executeTakeFirst();
      afterCommit(tx, sender.poke);
      return numUpdatedRows > 0n;
    },
    onSent: sender.onSent,
    onLost: sender.onLost,
    start: sender.start,
    flush: sender.flush,
    stop: sender.stop,
  };
}

interface AddedRow {
  key: string;
  kind: "message" | "thread";
  content: string;
  lane: string;
  platform: string;
  place?: string;
  parent?: string;
  ref?: string;
  sent?: number;
  state?: number;
}

function atPlace(place: Place) {
  const { platform, workspace, channel } = place;
  return { platform, lane: JSON.stringify([platform, workspace, channel]), place: JSON.stringify(place) };
}
