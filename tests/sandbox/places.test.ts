import { expect, test } from "vitest";
import { type Asker, type Clock, createPlaces, type Wait } from "../../src/sandbox/room/places.ts";

/** A clock that stands still until it is told to go on; what is due is done on the way. */
function createClock(): Clock & { pass(milliseconds: number): Promise<void> } {
  let now = 0;
  const due = new Map<() => void, number>();
  const settle = async () => {
    for (let turn = 0; turn < 20; turn++) await Promise.resolve();
  };
  return {
    now: () => now,
    after(milliseconds, work) {
      due.set(work, now + milliseconds);
      return () => void due.delete(work);
    },
    async pass(milliseconds) {
      const end = now + milliseconds;
      for (;;) {
        await settle();
        const [next] = [...due].filter(([, at]) => at <= end).sort(([, a], [, b]) => a - b);
        if (!next) break;
        now = Math.max(now, next[1]);
        due.delete(next[0]);
        next[0]();
      }
      now = end;
      await settle();
    },
  };
}

function createScene(places = 4) {
  const clock = createClock();
  const all = createPlaces(places, clock);
  const log: { who: string; waited: number }[] = [];
  const told: Record<string, Wait> = {};
  const as = (person: string, workspace = "school"): Asker => ({ person, workspace });
  /** Runs something that takes so long, and notes how long it waited for its place. */
  const run = async (
    asker: Asker,
    takes: number,
    { stopped = false, signal = undefined as AbortSignal | undefined } = {},
  ) => {
    const asked = clock.now();
    await all.run(
      asker,
      async (offend) => {
        log.push({ who: asker.person, waited: clock.now() - asked });
        await new Promise<void>((resolve) => clock.after(takes, resolve));
        if (stopped) offend();
      },
      { signal, onWait: (wait) => (told[asker.person] = wait) },
    );
  };
  /** Does so again and again. */
  const loop = async (asker: Asker, takes: number, stopped = false): Promise<never> => {
    for (;;) await run(asker, takes, { stopped });
  };
  const waits = (who: string) => log.filter((one) => one.who === who).map(({ waited }) => waited);
  return { clock, all, as, run, loop, told, waits };
}

test("however many loop long commands, a neighbour's short one hardly waits", async () => {
  for (const attackers of [6, 10, 30]) {
    const scene = createScene();
    for (let index = 0; index < attackers; index++) void scene.loop(scene.as(`m${index}`), 9000);
    for (let round = 0; round < 30; round++) {
      await scene.clock.pass(3000);
      void scene.run(scene.as("nina"), 50);
      await scene.clock.pass(700);
    }
    expect(scene.waits("nina").length).toBe(30);
    // A few may fall into the rush of the very first commands of all.
    expect(Math.max(...scene.waits("nina"))).toBeLessThanOrEqual(1200);
    expect(
      scene
        .waits("nina")
        .slice(2)
        .every((waited) => waited <= 300),
    ).toBe(true);
  }
});

test("those who loop share what is left evenly, person by person", async () => {
  const scene = createScene();
  for (const name of ["a", "b", "c", "d", "e", "f"]) void scene.loop(scene.as(name), 9000);
  await scene.clock.pass(600_000);
  const runs = ["a", "b", "c", "d", "e", "f"].map((name) => scene.waits(name).length);
  expect(Math.max(...runs) - Math.min(...runs)).toBeLessThanOrEqual(2);
  expect(Math.min(...runs)).toBeGreaterThan(25);
});

test("a workspace with many who loop takes no more than its share from one with few", async () => {
  const scene = createScene();
  for (let index = 0; index < 12; index++) void scene.loop(scene.as(`big${index}`, "big"), 5000);
  void scene.loop(scene.as("small", "small"), 5000);
  await scene.clock.pass(300_000);
  // Alone it would be sixty; by the head it would be fourteen.
  expect(scene.waits("small").length).toBeGreaterThan(25);
});

test("who has to wait is told how long, and it is true", async () => {
  const scene = createScene(2);
  void scene.loop(scene.as("a"), 8000);
  await scene.clock.pass(1000);
  void scene.loop(scene.as("b"), 8000);
  await scene.clock.pass(100_000);
  expect(scene.told.b?.why).toBe("turn");
  const last = scene.waits("b").at(-1) ?? 0;
  expect(last).toBeGreaterThan(1000);
  expect(Math.abs((scene.told.b?.about ?? 0) - last)).toBeLessThan(500);
});

test("the first command that is stopped costs nothing, those after it a rest that is told and that others do not feel", async () => {
  const scene = createScene();
  await Promise.all([scene.run(scene.as("m"), 100, { stopped: true }), scene.clock.pass(100)]);
  expect(scene.told.m).toBeUndefined();
  void scene.loop(scene.as("m"), 100, true);
  await scene.clock.pass(60_000);
  expect(scene.told.m?.why).toBe("rest");
  expect(scene.waits("m").length).toBeLessThan(20);
  void scene.run(scene.as("n"), 50);
  await scene.clock.pass(0);
  expect(scene.waits("n")).toEqual([0]);
  // And it is forgiven.
  const before = scene.waits("m").length;
  await scene.clock.pass(10_000);
  expect(scene.waits("m").length).toBeGreaterThan(before);
});

test("whoever cancels while waiting leaves the line, and nothing of theirs is run", async () => {
  const scene = createScene(1);
  void scene.loop(scene.as("a"), 9000);
  void scene.loop(scene.as("b"), 9000);
  await scene.clock.pass(30_000);
  const stop = new AbortController();
  const before = scene.all.waiting();
  const cancelled = scene.run(scene.as("a"), 50, { signal: stop.signal });
  expect(scene.all.waiting()).toBe(before + 1);
  stop.abort(new Error("cancelled"));
  await expect(cancelled).rejects.toThrow("cancelled");
  expect(scene.all.waiting()).toBe(before);
});

test("a place is given back by what fails", async () => {
  const { all, as } = createScene(1);
  await expect(all.run(as("a"), () => Promise.reject(new Error("no")))).rejects.toThrow("no");
  expect(await all.run(as("b"), async () => "ran")).toBe("ran");
});
