import { monitorEventLoopDelay } from "node:perf_hooks";
import { createTutor } from "../src/answers/cards/tutor.ts";
import { ownContent } from "../src/app.ts";
import { openLibrary } from "../src/curriculum/library.ts";
import { report, spread } from "./measure.ts";

/** `content reload` of a bot that is in use: how long it takes, and the longest time that everything else has to wait meanwhile. */
export async function benchReload(): Promise<void> {
  const library = openLibrary([ownContent]);
  createTutor(library).find("what is a layer");
  const whole: number[] = [];
  const waits: number[] = [];
  for (let round = 0; round < 8; round++) {
    const delay = monitorEventLoopDelay({ resolution: 1 });
    delay.enable();
    const start = performance.now();
    await library.reload();
    whole.push(performance.now() - start);
    delay.disable();
    waits.push(delay.max / 1e6);
  }
  const [all, wait] = [spread(whole), spread(waits)];
  report("reload", {
    unit: "ms",
    p50: all.p50,
    n: all.n,
    longest_wait_p50: wait.p50,
    longest_wait_max: Math.max(...waits),
  });
}
