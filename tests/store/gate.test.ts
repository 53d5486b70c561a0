import { expect, it } from "vitest";
import { createGate } from "../../src/store/gate.ts";

it("lets only so many through at once, in the order they came, whatever becomes of them", async () => {
  const pass = createGate(2);
  const begun: number[] = [];
  let inside = 0;
  let most = 0;
  const works = Array.from({ length: 9 }, (_, index) =>
    pass(async () => {
      begun.push(index);
      most = Math.max(most, ++inside);
      for (let turn = 0; turn <= index % 3; turn++) await new Promise((next) => setImmediate(next));
      inside--;
      if (index % 4 === 0) throw new Error(`no ${index}`);
      return index;
    }),
  );
  const outcomes = await Promise.allSettled(works);
  expect(most).toBe(2);
  expect(begun).toEqual([0, 1, 2, 3, 4, 5, 6, 7, 8]);
  expect(outcomes.filter(({ status }) => status === "rejected")).toHaveLength(3);
});
