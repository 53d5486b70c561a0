import { expect, it } from "vitest";
import type { Inbox, Told } from "../../src/core/inbox.ts";
import { prune } from "../../src/store/housekeeping.ts";
import { createInbox } from "../../src/store/inbox.ts";
import { createLeases, leaseTime } from "../../src/store/leases.ts";
import { createClock, createOpener, type FreshPlace, type StorePlace } from "../store/places.ts";

const hour = 3_600_000;
const told = (key: string, more: Partial<Told> = {}): Told => ({
  ...{ key, platform: "chat", workspace: "bakery", body: `{"said":"${key}"}`, worthMs: hour },
  ...more,
});

/** How what a platform told the bot outlives the process that took it, on every engine. */
export function inboxContract(fresh: FreshPlace) {
  const { open, stopAfter } = createOpener();

  /** One process. */
  async function process(place: StorePlace, clock: ReturnType<typeof createClock>) {
    const store = await open(place, { now: clock.now });
    const leases = createLeases(store);
    stopAfter(leases.stop);
    return { store, leases, inbox: createInbox(store, { leases }) };
  }

  const allLeft = (inbox: Inbox) => Array.fromAsync(inbox.left("chat"));

  it("knows an event that comes again, in work, answered, and for 48 hours after", async () => {
    const clock = createClock();
    const { store, inbox } = await process(await fresh(), clock);
    const both = await Promise.all([inbox.keep(told("one")), inbox.keep(told("one"))]);
    expect(both.sort()).toEqual([false, true]);
    expect(await inbox.knows("one")).toBe(true);
    await inbox.done(told("one"));
    expect(await inbox.keep(told("one"))).toBe(false);
    expect(await store.read.selectFrom("inbox").select(["body", "note"]).execute()).toEqual([{ body: "", note: null }]);
    clock.pass(48 * hour);
    expect(await prune(store)).toBe(0);
    clock.pass(1);
    expect(await prune(store)).toBe(1);
    expect(await inbox.keep(told("one"))).toBe(true);
  });

  it("hands what a process left to one of the others, with what was noted last, and what was answered to nobody", async () => {
    const clock = createClock();
    const place = await fresh();
    const first = await process(place, clock);
    for (const key of ["one", "two", "three"]) {
      await first.inbox.keep(told(key), key === "two" ? { at: 0 } : undefined);
      clock.pass(1);
    }
    await first.inbox.note("two", { at: 1 });
    await first.inbox.note("two", { at: 2 });
    await first.inbox.done(told("three"));
    await first.inbox.keep(told("other", { platform: "elsewhere" }));
    expect(await first.inbox.knows("four")).toBe(false);
    await first.inbox.done(told("four"));
    expect(await first.inbox.knows("four")).toBe(true);
    expect(await allLeft(first.inbox)).toEqual([]);
    clock.pass(leaseTime + 1);
    const [second, third] = [await process(place, clock), await process(place, clock)];
    const found = await Promise.all([allLeft(second.inbox), allLeft(third.inbox)]);
    expect(found.flat().sort((a, b) => a.key.localeCompare(b.key))).toEqual([
      { key: "one", body: `{"said":"one"}` },
      { key: "two", body: `{"said":"two"}`, note: { at: 2 } },
    ]);
  });

  it("gives up what ten processes began in vain, and what nobody waits for any more", async () => {
    const clock = createClock();
    const place = await fresh();
    await (await process(place, clock)).inbox.keep(told("fatal"));
    await (await process(place, clock)).inbox.keep(told("old", { worthMs: 1 }));
    const found: string[][] = [];
    for (let time = 0; time < 11; time++) {
      clock.pass(leaseTime + 1);
      const next = await process(place, clock);
      found.push((await allLeft(next.inbox)).map(({ key }) => key));
    }
    expect(found).toEqual([...Array.from({ length: 9 }, () => ["fatal"]), [], []]);
  });

  it("counts as begun only what somebody took: what waited behind a fatal event is handed out", async () => {
    const clock = createClock();
    const place = await fresh();
    const first = await process(place, clock);
    for (const key of ["fatal", "behind"]) {
      await first.inbox.keep(told(key));
      clock.pass(1);
    }
    const begun: unknown[] = [];
    for (let time = 0; time < 10; time++) {
      clock.pass(leaseTime + 1);
      const { value } = await (await process(place, clock)).inbox.left("chat").next();
      begun.push(value.key);
    }
    expect(begun).toEqual([...Array.from({ length: 9 }, () => "fatal"), "behind"]);
  });

  it("leaves alone what a living process has in hand, where several may run", async () => {
    const clock = createClock();
    const place = await fresh();
    const first = await process(place, clock);
    await first.inbox.keep(told("early"));
    const second = await process(place, clock);
    if (first.store.kind === "sqlite") {
      // There is one process at a time, so whatever another one has is left over.
      expect(await allLeft(second.inbox)).toHaveLength(1);
      return;
    }
    expect(await allLeft(second.inbox)).toEqual([]);
    await first.leases.start();
    clock.pass(leaseTime - 1);
    await first.leases.take(`process:${first.leases.owner}`);
    clock.pass(2);
    expect(await allLeft(second.inbox)).toEqual([]);
    clock.pass(leaseTime);
    expect(await allLeft(second.inbox)).toHaveLength(1);
  });
}
