import { setTimeout as sleep } from "node:timers/promises";
import { openStore } from "../harness/open-store.ts";
import type { StorePlace } from "../store/places.ts";
import { createArena } from "./arena.ts";
import { createCrowd } from "./crowd.ts";
import { drained, judge, type Verdict } from "./invariants.ts";

/** How hard bots are treated. Times in ms. */
export interface CrashPlan {
  processes: number;
  kills: number;
  /** A kill comes between these after the one before; the bot may still be starting. */
  between: [number, number];
  channels: number;
  learners: number;
  /** Real time per quiz time: 1/60 makes a minute a second. */
  speed: number;
}

/** Kills bots in the middle of live rounds while every event is delivered twice, lets the rounds end, and compares everything. */
export async function runCrashes(
  place: StorePlace,
  plan: CrashPlan,
): Promise<Verdict & { kills: number; deliveries: number; retriedPosts: number }> {
  const arena = createArena(place, plan);
  const crowd = createCrowd(arena, plan);
  await arena.start();
  crowd.start();
  const [least, most] = plan.between;
  for (let kill = 0; kill < plan.kills; kill += 1) {
    await sleep(least + Math.random() * (most - least));
    await arena.kill();
  }
  await sleep(most);
  await crowd.hush();
  const store = await openStore(place);
  try {
    await drained(store, 90_000);
    const verdict = await judge(store, crowd.promised.values(), arena.recorder);
    return { ...verdict, ...arena.counts(), retriedPosts: arena.recorder.retried() };
  } finally {
    await arena.stop();
    await store.close();
  }
}
