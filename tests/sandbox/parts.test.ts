import { describe, expect, test } from "vitest";
import { createSemaphore } from "../../src/engine/semaphore.ts";
import { createQueue } from "../../src/sandbox/room/queue.ts";
import { createSlots } from "../../src/sandbox/room/slots.ts";

describe("the line for a sandbox", () => {
  test("serves in the order of asking and lets others pass one that cannot be served", () => {
    const queue = createQueue();
    const [first, second] = [queue.join(), queue.join()];
    expect([first.turn(), second.turn(), second.ahead()]).toEqual([true, false, 1]);
    first.yieldTurn();
    expect([first.turn(), second.turn(), first.mustWait()]).toEqual([false, true, true]);
    queue.poke();
    expect(first.turn()).toBe(true);
    first.leave();
    expect([second.turn(), second.ahead(), queue.length()]).toEqual([true, 0, 1]);
  });

  test("wakes everybody up when room may have become free", async () => {
    const queue = createQueue();
    const ticket = queue.join();
    ticket.full();
    expect(ticket.mustWait()).toBe(true);
    const woken = ticket.changed(60_000);
    queue.poke();
    await woken;
    expect(ticket.mustWait()).toBe(false);
  });
});

test("a semaphore lets so many in, and those of low priority last", async () => {
  const semaphore = createSemaphore(1);
  const order: string[] = [];
  const gate = Promise.withResolvers<void>();
  const all = [
    semaphore.run(() => gate.promise),
    semaphore.run(async () => void order.push("low"), "low"),
    semaphore.run(async () => void order.push("high")),
  ];
  expect(semaphore.waiting()).toBe(2);
  gate.resolve();
  await Promise.all(all);
  expect(order).toEqual(["high", "low"]);
});

test("slots are given once until they are released", () => {
  const slots = createSlots(2);
  slots.hold(0);
  expect(slots.take()).toBe(1);
  expect(() => slots.take()).toThrow(/no free slot/);
  slots.release(0);
  expect(slots.take()).toBe(0);
});
