import { afterEach } from "vitest";
import type { Reply } from "../../src/core/reply.ts";
import { createClock, type FreshPlace, type StorePlace } from "../store/places.ts";
import { headingOf, openWorld, textOf, type World } from "./world.ts";

export const minute = 60_000;
export const day = 86_400_000;
/** Whether that question is shown. */
export const isNumber = (number: number) => (reply: Reply) => headingOf(reply).startsWith(`Question ${number} of`);
/** Whether the explanation is up. */
export const isRevealed = (reply: Reply) => textOf(reply).includes("**Why:**");

export type QuizStage = ReturnType<typeof openStage>;

/** Worlds in fresh places of one engine; they end with each test. */
export function openStage(fresh: FreshPlace) {
  const open: World[] = [];
  afterEach(async () => {
    for (const world of open.splice(0)) await world.kill().catch(() => {});
  });
  async function begin(
    options: Parameters<typeof openWorld>[2] = {},
    place?: StorePlace,
    clock = createClock(),
  ): Promise<World> {
    const world = await openWorld(place ?? (await fresh()), clock, options);
    open.push(world);
    return world;
  }
  const scoreSum = async ({ store }: World) => {
    const scores = await store.read.selectFrom("score").selectAll().orderBy("learner").execute();
    const log = await store.read
      .selectFrom("answer")
      .selectAll()
      .where("correct", "is not", null)
      .where("kind", "not in", ["solo", "review"])
      .execute();
    return scores.map(({ learner, points, answers }) => ({
      learner,
      points,
      answers,
      log: log.filter((row) => row.learner === learner).reduce((sum, { correct }) => sum + (correct ?? 0), 0),
    }));
  };

  /** A world that a test has ended itself. */
  const letGo = (world: World) => void open.splice(open.indexOf(world), 1);

  return { begin, fresh, letGo, scoreSum };
}
