import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { createClock, freshFolder } from "../store/places.ts";
import { headingOf, openWorld, type World } from "./world.ts";

const people = ["Ada", "Lin", "Sam", "Mod"] as const;
const person = fc.constantFrom(...people);
const deed = fc.oneof(
  { weight: 6, arbitrary: fc.record({ who: person, press: fc.constantFrom("A", "B", "C", "D"), twice: fc.boolean() }) },
  { weight: 3, arbitrary: fc.record({ pass: fc.integer({ min: 0, max: 90_000 }) }) },
  {
    weight: 2,
    arbitrary: fc.record({
      who: person,
      press: fc.constantFrom("Join", "Skip", "Next", "More time", "Hint", "Pause", "Resume", "Stop", "Play again"),
      twice: fc.boolean(),
    }),
  },
  {
    weight: 1,
    arbitrary: fc.record({
      who: person,
      say: fc.constantFrom("quiz start questions:2", "quiz start pace:none", "quiz stop", "progress forget sure:yes"),
    }),
  },
);

describe("whatever people do in whatever order", () => {
  it("scores are the sum of the log, nothing is counted or posted twice, and every round ends", async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(deed, { minLength: 10, maxLength: 40 }), async (deeds) => {
        const world = await openWorld(await freshFolder(), createClock());
        try {
          await world.say("Ada", "quiz start questions:3", { event: "first" });
          for (const [index, one] of deeds.entries()) {
            if ("pass" in one) await world.pass(one.pass);
            else if ("say" in one) await world.say(one.who, one.say);
            else await pressed(world, one, `deed-${index}`);
          }
          await world.pass(4 * 3_600_000);
          await check(world);
        } finally {
          await world.kill();
        }
      }),
      { numRuns: 12 },
    );
  }, 120_000);
});

async function pressed(
  world: World,
  { who, press, twice }: { who: string; press: string; twice: boolean },
  event: string,
) {
  const first = world.press(who, press, { event });
  await Promise.all([first, ...(twice ? [world.press(who, press, { event })] : [])]).catch((error: Error) => {
    if (!error.message.startsWith("there is no button")) throw error;
  });
}

async function check({ store, messages }: World) {
  const log = await store.read.selectFrom("answer").selectAll().execute();
  for (const name of people) {
    const learner = `chat:${name.toLowerCase()}`;
    const mine = log.filter((row) => row.learner === learner && row.correct !== null);
    const points = mine.reduce((sum, { correct }) => sum + (correct ?? 0), 0);
    for (const table of ["score", "score_week"] as const) {
      const rows = await store.read
        .selectFrom(table)
        .select(["points", "answers"])
        .where("learner", "=", learner)
        .execute();
      expect({ table, points: total(rows, "points"), answers: total(rows, "answers") }).toEqual({
        table,
        points,
        answers: mine.length,
      });
    }
  }
  expect(await store.read.selectFrom("round").select("id").where("live", "=", 1).execute()).toEqual([]);
  const shown = messages().map(({ place, reply }) => `${place.thread} ${headingOf(reply)}`);
  const inThreads = shown.filter((line) => !line.startsWith("undefined"));
  expect(new Set(inThreads).size).toBe(inThreads.length);
}

function total<K extends string>(rows: Record<K, number>[], column: K): number {
  return rows.reduce((sum, row) => sum + row[column], 0);
}
