import { setTimeout as sleep } from "node:timers/promises";
import type { Selectable } from "kysely";
import type { Place } from "../core/context.ts";
import type { Log } from "../core/log.ts";
import { type MessageRef, UnreachableError } from "../core/platform.ts";
import type { Leases } from "./leases.ts";
import type { Carrier, Lost } from "./outbox.ts";
import { createOutboxRows, type LaneRow, nextStep } from "./outbox-rows.ts";
import { decodeReply } from "./reply-json.ts";
import { outsideOfWrites } from "./scope.ts";
import type { Store, Tables, Tx } from "./store.ts";
import { StoreError } from "./store-error.ts";

type Row = Selectable<Tables["outbox"]>;

/** How often (ms) to look for rows that other processes left behind. */
const every = 1000;
const lanesAtOnce = 20;
/** A row is given up after this long, or after so many failures while its channel took other messages. */
const giveUp = { age: 24 * 3_600_000, failures: 6 };

interface SenderParts {
  store: Store;
  leases: Leases;
  platforms: ReadonlyMap<string, Carrier>;
  log: Log;
}

/** The sending half of the outbox: serves every lane one row at a time. */
export function createSender({ store, leases, platforms, log }: SenderParts) {
  const rows = createOutboxRows(store, leases);
  const active = new Map<string, Promise<void>>();
  const resting = new Map<string, NodeJS.Timeout>();
  const lastSuccess = new Map<string, number>();
  const sentEffects: ((key: string, tx: Tx) => Promise<void>)[] = [];
  const lostEffects: ((lost: Lost, tx: Tx) => Promise<void>)[] = [];
  /** Who waits to hear of a message: whether it arrived, or with what advice it was given up. */
  const hearers = new Map<string, Set<(advice: string | undefined) => void>>();
  let watch: NodeJS.Timeout | null = null;
  let flushing = 0;
  let pokes = 0;
  let looking: Promise<void> | null = null;

  const sending = () => watch !== null || flushing > 0;

  /** Starts lanes that have something to send. A poke while it looks makes it look once more. */
  function look(): Promise<void> {
    pokes++;
    looking ??= outsideOfWrites(async () => {
      try {
        for (let seen = -1; seen !== pokes && sending(); ) {
          seen = pokes;
          const room = lanesAtOnce - active.size;
          if (!platforms.size || room <= 0) break;
          const busy = [...active.keys(), ...resting.keys()];
          for (const lane of await rows.lanes([...platforms.keys()], busy, room)) start(lane);
        }
      } catch (error) {
        log.warn("outbox could not be read", { error });
      } finally {
        looking = null;
      }
    });
    return looking;
  }

  function start(lane: string) {
    const served = serve(lane)
      .catch((error) => {
        log.warn("outbox lane failed", { lane, error });
        rest(lane, every);
      })
      .finally(() => {
        active.delete(lane);
        if (sending()) void look();
      });
    active.set(lane, served);
  }

  function rest(lane: string, pause: number) {
    const alarm = setTimeout(() => {
      resting.delete(lane);
      if (sending()) void look();
    }, pause);
    resting.set(lane, alarm);
  }

  async function serve(lane: string) {
    while (sending()) {
      const step = nextStep(await rows.read(lane), store.now());
      switch (step.kind) {
        case "empty":
          return;
        case "wait":
          rest(lane, step.until === null ? every / 2 : Math.max(1, step.until - store.now()));
          return;
        case "lose":
          await lose(step.row, step.reason);
          break;
        case "send":
          await deliver(step.row, step.overtakes);
          break;
      }
    }
  }

  async function deliver(row: LaneRow, overtakes: boolean) {
    const claimed = await rows.claim(row);
    if (!claimed) return;
    try {
      const ref = await send(claimed, row);
      lastSuccess.set(row.lane, store.now());
      await untilKept(() =>
        rows.mark(claimed, ref, overtakes, claimed.ref ? undefined : (tx) => firstSent(claimed.key, tx)),
      );
      tell(row.key);
    } catch (error) {
      if (error instanceof StoreError) throw error;
      await failed(claimed, error);
    }
  }

  function tell(key: string, advice?: string) {
    for (const hear of hearers.get(key) ?? []) hear(advice);
  }

  async function firstSent(key: string, tx: Tx) {
    for (const effect of sentEffects) await effect(key, tx);
  }

  async function send(claimed: Row, { owner, attempts, parent_ref }: LaneRow): Promise<MessageRef | Place> {
    const platform = platforms.get(claimed.platform);
    if (!platform) throw new Error(`no platform ${claimed.platform}`);
    const above = parent_ref ? JSON.parse(parent_ref) : null;
    if (claimed.kind === "thread") return platform.openThread(above, claimed.content);
    const reply = decodeReply(claimed.content);
    if (claimed.ref) {
      const ref: MessageRef = JSON.parse(claimed.ref);
      await platform.edit(ref, reply);
      return ref;
    }
    const place: Place = claimed.place ? JSON.parse(claimed.place) : above;
    const maybeSent = owner !== null || attempts > 0;
    return platform.post(place, reply, { key: claimed.key, ...(maybeSent && { maybeSent }) });
  }

  /** What was sent must be noted: while the store cannot be reached, this waits for it. */
  async function untilKept(note: () => Promise<void>) {
    for (;;) {
      try {
        return await note();
      } catch (error) {
        if (!sending()) throw error;
        log.warn("outbox could not note a sent message", { error });
        await sleep(every / 2);
      }
    }
  }

  async function failed(row: Row, error: unknown) {
    const reason = error instanceof Error ? error.message : String(error);
    const since = row.failing_since ?? store.now();
    const others = row.attempts + 1 >= giveUp.failures && (lastSuccess.get(row.lane) ?? 0) > since;
    if (error instanceof UnreachableError) return lose(row, reason, error.advice);
    if (others || store.now() - since > giveUp.age) return lose(row, reason);
    log.warn("message not delivered yet", { key: row.key, reason });
    await rows.postpone(row, reason, Math.min(500 * 2 ** row.attempts, 30_000));
  }

  async function lose(row: Row, reason: string, advice?: string) {
    log.warn("message given up", { key: row.key, reason });
    const lost: Lost = { key: row.key, reason, edit: row.ref !== null };
    try {
      await store.write(async (tx) => {
        await rows.lose(tx, row.key, reason);
        for (const effect of lostEffects) await effect(lost, tx);
      });
    } catch (error) {
      if (error instanceof StoreError) throw error;
      log.error("the effect of a lost message failed", { key: row.key, error });
      await store.write((tx) => rows.lose(tx, row.key, reason));
    }
    tell(row.key, advice);
  }

  return {
    poke() {
      if (sending()) void look();
    },
    /** `heard` resolves when the message has arrived or is given up in this process, then with the platform's advice. */
    hear(key: string) {
      const { promise: heard, resolve } = Promise.withResolvers<string | undefined>();
      const others = hearers.get(key) ?? new Set();
      hearers.set(key, others.add(resolve));
      const forget = () => {
        if (others.delete(resolve) && others.size === 0) hearers.delete(key);
      };
      return { heard, forget };
    },
    onSent: (effect: (key: string, tx: Tx) => Promise<void>) => void sentEffects.push(effect),
    onLost: (effect: (lost: Lost, tx: Tx) => Promise<void>) => void lostEffects.push(effect),
    async start() {
      watch ??= setInterval(() => void look(), every);
      await look();
    },
    async flush() {
      flushing++;
      try {
        for (await look(); active.size; await look()) await Promise.all(active.values());
      } finally {
        flushing--;
      }
    },
    async stop() {
      if (watch) clearInterval(watch);
      watch = null;
      for (const alarm of resting.values()) clearTimeout(alarm);
      resting.clear();
      await Promise.all([looking, ...active.values()]);
    },
  };
}
