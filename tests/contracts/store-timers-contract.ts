import { expect, it } from "vitest";
import type { Log } from "../../src/core/log.ts";
import { silentLog } from "../../src/core/log.ts";
import type { Store } from "../../src/store/store.ts";
import { createTimers, type Timer, type TimerEffect } from "../../src/store/timers.ts";
import { createClock, createOpener, type FreshPlace, type StorePlace } from "../store/places.ts";

/** What durable timers do on every engine. */
export function timersContract(fresh: FreshPlace) {
  const { open, stopAfter } = createOpener();

  /** One process: a store and its timers; everything fired is noted. */
  async function process(
    place: StorePlace,
    now: (() => number) | undefined,
    effect?: TimerEffect,
    log: Log = silentLog,
  ) {
    const store = await open(place, now ? { now } : {});
    const timers = createTimers(store, { log });
    const fired: Timer[] = [];
    timers.on("ring", async (timer, tx) => {
      await effect?.(timer, tx);
      fired.push(timer);
    });
    stopAfter(timers.stop);
    return { store, timers, fired };
  }

  it("a timer fires once its moment has come, with what it was given, and only once", async () => {
    const clock = createClock();
    const { store, timers, fired } = await process(await fresh(), clock.now);
    const dueAt = clock.now() + 5000;
    await store.write((tx) => timers.set(tx, { id: "a", kind: "ring", dueAt, payload: { round: 7 } }));
    expect(await timers.fireDue()).toBe(0);
    clock.pass(5000);
    expect(await timers.fireDue()).toBe(1);
    expect(await timers.fireDue()).toBe(0);
    expect(fired).toEqual([{ id: "a", kind: "ring", dueAt, payload: { round: 7 } }]);
  });

  it("a timer of a transaction that was rolled back never fires", async () => {
    const clock = createClock();
    const { store, timers } = await process(await fresh(), clock.now);
    const failed = store.write(async (tx) => {
      await timers.set(tx, { id: "a", kind: "ring", dueAt: clock.now() });
      throw new Error("no");
    });
    await expect(failed).rejects.toThrow("no");
    expect(await timers.fireDue()).toBe(0);
  });

  it("a timer can be moved and cancelled", async () => {
    const clock = createClock();
    const { store, timers, fired } = await process(await fresh(), clock.now);
    await store.write(async (tx) => {
      await timers.set(tx, { id: "moved", kind: "ring", dueAt: clock.now() });
      await timers.set(tx, { id: "moved", kind: "ring", dueAt: clock.now() + 10 });
      await timers.set(tx, { id: "gone", kind: "ring", dueAt: clock.now() });
    });
    expect(await store.write((tx) => timers.cancel(tx, "gone"))).toBe(true);
    expect(await store.write((tx) => timers.cancel(tx, "gone"))).toBe(false);
    expect(await timers.fireDue()).toBe(0);
    clock.pass(10);
    await timers.fireDue();
    expect(fired.map(({ id }) => id)).toEqual(["moved"]);
  });

  it("timers that fell due while nothing ran all fire at the start, in the process that starts", async () => {
    const place = await fresh();
    const clock = createClock();
    const before = await process(place, clock.now);
    await before.store.write(async (tx) => {
      for (const [id, late] of [
        ["b", 2],
        ["a", 1],
        ["c", 3],
      ] as const) {
        await before.timers.set(tx, { id, kind: "ring", dueAt: clock.now() + late });
      }
    });
    clock.pass(86_400_000);
    const after = await process(place, clock.now);
    await after.timers.start();
    expect(after.fired.map(({ id }) => id).sort()).toEqual(["a", "b", "c"]);
    expect(before.fired).toEqual([]);
  });

  it("a timer set while the process watches fires by itself", async () => {
    const rung = Promise.withResolvers<Timer>();
    const { store, timers } = await process(await fresh(), undefined, async (timer) => rung.resolve(timer));
    await timers.start();
    const dueAt = store.now() + 30;
    await store.write((tx) => timers.set(tx, { id: "soon", kind: "ring", dueAt }));
    expect((await rung.promise).id).toBe("soon");
    expect(store.now()).toBeGreaterThanOrEqual(dueAt);
  });

  it("of two processes exactly one fires a timer", async () => {
    const place = await fresh();
    const clock = createClock();
    const count = async ({ id }: Timer, tx: Parameters<TimerEffect>[1]) => {
      await tx
        .insertInto("lease")
        .values({ name: `${id} ${Math.random()}`, owner: "effect", until: 0 })
        .execute();
    };
    const [one, two] = [await process(place, clock.now, count), await process(place, clock.now, count)];
    await one.store.write(async (tx) => {
      for (let index = 0; index < 40; index++) {
        await one.timers.set(tx, { id: `t${index}`, kind: "ring", dueAt: clock.now() });
      }
    });
    await Promise.all([one.timers.fireDue(), two.timers.fireDue()]);
    const effects = await one.store.read.selectFrom("lease").select("name").execute();
    expect(new Set(effects.map(({ name }) => name.split(" ")[0])).size).toBe(40);
    expect(effects).toHaveLength(40);
  });

  it("an effect that fails leaves nothing, and the timer comes again later", async () => {
    const clock = createClock();
    let broken = true;
    const { store, timers } = await process(await fresh(), clock.now, async (_, tx) => {
      await tx.insertInto("lease").values({ name: "effect", owner: "x", until: 0 }).execute();
      if (broken) throw new Error("not today");
    });
    await store.write((tx) => timers.set(tx, { id: "a", kind: "ring", dueAt: clock.now() }));
    const effects = () => store.read.selectFrom("lease").selectAll().execute();
    expect(await timers.fireDue()).toBe(0);
    expect(await effects()).toEqual([]);
    broken = false;
    expect(await timers.fireDue()).toBe(0);
    clock.pass(1000);
    expect(await timers.fireDue()).toBe(1);
    expect(await effects()).toHaveLength(1);
  });

  it("an effect may set its own timer again", async () => {
    const clock = createClock();
    const store = await open(await fresh(), { now: clock.now });
    const timers = createTimers(store);
    let rings = 0;
    timers.on("ring", async ({ id, dueAt }, tx) => {
      rings++;
      await timers.set(tx, { id, kind: "ring", dueAt: dueAt + 1000 });
    });
    await store.write((tx) => timers.set(tx, { id: "every second", kind: "ring", dueAt: clock.now() }));
    for (let second = 0; second < 3; second++) {
      expect(await timers.fireDue()).toBe(1);
      clock.pass(1000);
    }
    expect(rings).toBe(3);
  });

  it("a kind that only another process knows is left to it", async () => {
    const place = await fresh();
    const clock = createClock();
    const { store, timers } = await process(place, clock.now);
    await store.write((tx) => timers.set(tx, { id: "a", kind: "elsewhere", dueAt: clock.now() }));
    expect(await timers.fireDue()).toBe(0);
    const other = createTimers((await open(place, { now: clock.now })) as Store);
    other.on("elsewhere", async () => {});
    expect(await other.fireDue()).toBe(1);
  });
}
