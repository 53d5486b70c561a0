import { expect, it } from "vitest";
import { createHousekeeper, prune } from "../../src/store/housekeeping.ts";
import { createLeases } from "../../src/store/leases.ts";
import { createOutbox } from "../../src/store/outbox.ts";
import { createTimers } from "../../src/store/timers.ts";
import { createClock, createOpener, type FreshPlace } from "../store/places.ts";
import { channel, createRecorder, say } from "../store/recorder.ts";

const hour = 3_600_000;

/** What is deleted on every engine, and what is not. */
export function housekeepingContract(fresh: FreshPlace) {
  const { open, stopAfter } = createOpener();

  it("events and fired timers go after 48 hours, delivered messages after 30 days, what waits never", async () => {
    const clock = createClock();
    const store = await open(await fresh(), { now: clock.now });
    const leases = createLeases(store);
    const recorder = createRecorder();
    const outbox = createOutbox(store, { leases, platforms: new Map([["chat", recorder.carrier]]) });
    const timers = createTimers(store);
    timers.on("ring", async () => {});
    await store.once("chat:old", async () => "old");
    await store.write(async (tx) => {
      await timers.set(tx, { id: "fired", kind: "ring", dueAt: clock.now() });
      await timers.set(tx, { id: "waiting", kind: "elsewhere", dueAt: clock.now() });
      await outbox.post(tx, { key: "sent", place: channel, reply: say("sent") });
    });
    await timers.fireDue();
    await outbox.flush();
    const elsewhere = { ...channel, platform: "elsewhere" };
    await store.write((tx) => outbox.post(tx, { key: "waiting", place: elsewhere, reply: say("waiting") }));

    clock.pass(48 * hour);
    expect(await prune(store)).toBe(0);
    clock.pass(1);
    await store.once("chat:new", async () => "new");
    expect(await prune(store)).toBe(2);
    expect((await store.once("chat:new", async () => "?")).again).toBe(true);
    expect((await store.once("chat:old", async () => "?")).again).toBe(false);
    expect(await outbox.find("sent")).toMatchObject({ state: "sent" });
    clock.pass(40 * 24 * hour);
    await prune(store);
    expect(await outbox.find("sent")).toBeUndefined();
    expect(await outbox.find("waiting")).toEqual({ state: "waiting" });
    expect(await store.read.selectFrom("timer").select("id").execute()).toEqual([{ id: "waiting" }]);
  });

  it("more rows than fit into one transaction go in several", async () => {
    const clock = createClock();
    const store = await open(await fresh(), { now: clock.now });
    await store.write(async (tx) => {
      const at = clock.now() - 49 * hour;
      for (let lot = 0; lot < 5; lot++) {
        const rows = Array.from({ length: 500 }, (_, index) => ({ key: `old ${lot} ${index}`, at, outcome: null }));
        await tx.insertInto("event").values(rows).execute();
      }
    });
    expect(await prune(store)).toBe(2500);
  });

  it("the process that has the duty cleans at once", async () => {
    const clock = createClock();
    const store = await open(await fresh(), { now: clock.now });
    await store.once("chat:old", async () => undefined);
    clock.pass(49 * hour);
    const leases = createLeases(store);
    const pruned = Promise.withResolvers<unknown>();
    const log = { debug: (_: string, details?: unknown) => pruned.resolve(details), info() {}, warn() {}, error() {} };
    const keeper = createHousekeeper(store, { leases, log });
    stopAfter(leases.stop);
    await keeper.start();
    expect(await pruned.promise).toEqual({ rows: 1 });
  });
}
