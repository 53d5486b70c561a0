import { describe, expect, it } from "vitest";
import { atOnce, inSlices, type Sliced } from "../../src/core/slices.ts";

function* count(to: number, fail?: number): Sliced<number> {
  for (let n = 0; n < to; n++) {
    if (n === fail) throw new Error("at a slice");
    yield;
  }
  return to;
}

describe("long work", () => {
  it("comes to the same in slices and at once", async () => {
    expect(atOnce(count(50))).toBe(50);
    expect(await inSlices(count(50))).toBe(50);
    expect(() => atOnce(count(50, 3))).toThrow("at a slice");
    await expect(inSlices(count(50, 3))).rejects.toThrow("at a slice");
  });

  it("lets others in between its slices", async () => {
    const order: string[] = [];
    const other = (left: number) => {
      order.push("other");
      if (left > 1) setImmediate(other, left - 1);
    };
    setImmediate(other, 3);
    function* work(): Sliced<void> {
      for (let n = 0; n < 4; n++) {
        order.push("work");
        yield;
      }
    }
    await inSlices(work(), 0);
    expect(order).toEqual(["work", "other", "work", "other", "work", "other", "work"]);
  });
});
