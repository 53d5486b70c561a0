import { spawnSync } from "node:child_process";
import { expect, it } from "vitest";
import { createLeases, leaseTime, processLease } from "../../src/store/leases.ts";
import { isGone, nameOwner } from "../../src/store/owner.ts";
import { createClock, createOpener, type FreshPlace } from "../store/places.ts";

/** What leases do on every engine. */
export function leasesContract(fresh: FreshPlace) {
  const { open, stopAfter } = createOpener();

  async function twoProcesses() {
    const clock = createClock();
    const place = await fresh();
    const stores = [await open(place, { now: clock.now }), await open(place, { now: clock.now })] as const;
    const leases = [createLeases(stores[0]), createLeases(stores[1])] as const;
    for (const one of leases) stopAfter(one.stop);
    return { clock, store: stores[0], one: leases[0], two: leases[1] };
  }

  it("exactly one process has a duty, and may renew it", async () => {
    const { one, two } = await twoProcesses();
    const takers = await Promise.all([one.take("reaper"), two.take("reaper"), one.take("reaper"), two.take("reaper")]);
    expect([takers[0] && takers[2], takers[1] && takers[3]].sort()).toEqual([false, true]);
  });

  it("a duty passes on when its holder gives it back or falls silent", async () => {
    const { clock, one, two } = await twoProcesses();
    expect(await one.take("reaper")).toBe(true);
    await one.release("reaper");
    expect(await two.take("reaper")).toBe(true);
    clock.pass(leaseTime - 1);
    expect(await one.take("reaper")).toBe(false);
    clock.pass(1);
    expect(await one.take("reaper")).toBe(true);
  });

  it("a kept duty tells when it comes and when it goes", async () => {
    const { one, two } = await twoProcesses();
    const heard: string[] = [];
    const duty = (name: string) => ({
      gained: () => heard.push(`${name} has it`),
      lost: () => heard.push(`${name} lost it`),
    });
    await one.keep("reaper", { gained: duty("one").gained, lost: duty("one").lost });
    await two.keep("reaper", { gained: duty("two").gained, lost: duty("two").lost });
    await one.stop();
    expect(heard).toEqual(["one has it", "one lost it"]);
    expect(await two.take("reaper")).toBe(true);
  });

  it("a process that was killed on this machine is not waited for", async () => {
    const { store, one } = await twoProcesses();
    const dead = nameOwner().replace(` ${process.pid} `, ` ${killedPid()} `);
    const until = store.now() + leaseTime;
    await store.write(async (tx) => {
      await tx
        .insertInto("lease")
        .values({ name: processLease + dead, owner: dead, until })
        .execute();
      await tx.insertInto("lease").values({ name: "reaper", owner: dead, until }).execute();
    });
    expect(await one.take("reaper")).toBe(false);
    await one.start();
    expect(await one.take("reaper")).toBe(true);
  });

  it("a process on another machine is given its time", async () => {
    const { store, one } = await twoProcesses();
    const far = "elsewhere/pid:[1] 1 99 abcd";
    expect(isGone(far)).toBe(false);
    await store.write((tx) =>
      tx
        .insertInto("lease")
        .values({ name: processLease + far, owner: far, until: store.now() + leaseTime })
        .execute(),
    );
    await one.start();
    const living = await store.read.selectFrom("lease").select("owner").execute();
    expect(living.map(({ owner }) => owner)).toContain(far);
  });

  it("a process that was only slow keeps the duties that it has renewed", async () => {
    const { store, one } = await twoProcesses();
    const far = "elsewhere/pid:[1] 1 99 abcd";
    const now = store.now();
    await store.write((tx) =>
      tx
        .insertInto("lease")
        .values([
          { name: processLease + far, owner: far, until: now - 1 },
          { name: "reaper", owner: far, until: now + leaseTime },
          { name: "sweeper", owner: far, until: now },
        ])
        .execute(),
    );
    await one.start();
    const left = await store.read.selectFrom("lease").select("name").where("owner", "=", far).execute();
    expect(left.map(({ name }) => name)).toEqual(["reaper"]);
  });

  it("a pid that another program has now does not count as alive", () => {
    expect(isGone(nameOwner())).toBe(false);
    const [where, pid, , nonce] = nameOwner().split(" ");
    expect(isGone([where, pid, "1", nonce].join(" "))).toBe(true);
  });
}

function killedPid(): number {
  return spawnSync(process.execPath, ["-e", "process.kill(process.pid, 'SIGKILL')"]).pid;
}
