import { commands } from "../../commands/index.ts";
import { createApp } from "../../src/core/dispatch.ts";
import { silentLog } from "../../src/core/log.ts";
import type { Platform } from "../../src/core/platform.ts";
import type { Library } from "../../src/curriculum/library.ts";
import { createQuiz } from "../../src/quiz/quiz.ts";
import { createLeases } from "../../src/store/leases.ts";
import { createOutbox } from "../../src/store/outbox.ts";
import { createTimers } from "../../src/store/timers.ts";
import { openStore } from "./open-store.ts";
import { talkingServices } from "./services.ts";

/**
 * A bot with the real commands, store, quiz and tutor on one platform, with a clock of its own and without an engine. `answered` resolves when
 * the platform has answered what came in so far.
 */
export async function startTalkingBot(
  platform: Platform,
  library: Library,
  dataDir: string,
  now: () => number,
  answered = async () => {},
) {
  const store = await openStore({ dataDir, now });
  const leases = createLeases(store);
  const timers = createTimers(store);
  const outbox = createOutbox(store, { leases, platforms: new Map([[platform.name, platform]]) });
  const quiz = createQuiz({ store, timers, outbox, leases, curriculum: library, log: silentLog });
  const services = talkingServices({ store, outbox, library }, quiz);
  const settle = async () => {
    await answered();
    for (let turn = 0; turn < 20; turn += 1) {
      await outbox.flush();
      if ((await timers.fireDue()) === 0) return;
    }
  };
  async function nextTimer(end: number): Promise<number | undefined> {
    const due = store.read.selectFrom("timer").select("due_at").where("state", "=", 0).where("due_at", "<=", end);
    return (await due.orderBy("due_at").limit(1).executeTakeFirst())?.due_at;
  }

  await leases.start();
  await quiz.start();
  await platform.start(
    createApp({
      commands,
      services,
      now,
      log: silentLog,
      rules: services.settings,
      conversation: services.conversations,
    }),
  );
  await settle();
  return {
    services,
    settle,
    /** Moves the clock on by `ms`, timer by timer; `move` sets it. */
    async wait(ms: number, move: (to: number) => void): Promise<void> {
      const end = now() + ms;
      for (;;) {
        const next = await nextTimer(end);
        move(Math.max(now(), next ?? end));
        await settle();
        if (next === undefined) return;
      }
    },
    async stop() {
      await quiz.stop();
      await settle();
      await platform.stop();
      await timers.stop();
      await outbox.stop();
      await services.conversations.settled();
      await leases.stop();
      await store.close();
    },
  };
}
