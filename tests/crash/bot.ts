// A bot in a process of its own, to be killed: the real store, timers, outbox and quiz; its platform is the parent process.
import feedback from "../../commands/feedback.ts";
import progress from "../../commands/progress.ts";
import quiz from "../../commands/quiz.ts";
import controls from "../../commands/quiz-controls.ts";
import type { Place, Services } from "../../src/core/context.ts";
import { createApp } from "../../src/core/dispatch.ts";
import { silentLog } from "../../src/core/log.ts";
import type { Invocation, MessageRef } from "../../src/core/platform.ts";
import type { Reply } from "../../src/core/reply.ts";
import { createQuiz } from "../../src/quiz/quiz.ts";
import { defaultTiming, scaleTiming } from "../../src/quiz/round/timing.ts";
import { createLeases } from "../../src/store/leases.ts";
import { createOutbox } from "../../src/store/outbox.ts";
import { createTimers } from "../../src/store/timers.ts";
import { openStore } from "../harness/open-store.ts";
import { curriculum } from "../quiz/fixtures.ts";

/** From the parent: an event, or the answer to a call. */
export type ToBot = { event: number; invocation: Invocation } | { call: number; value: unknown };
/** From the bot: ready, the reply to an event, or a call of the platform. */
export type FromBot =
  | { ready: true }
  | { event: number; reply: Reply }
  | { call: number; name: "post" | "edit" | "openThread"; args: unknown[] };

const { place, speed, probes } = JSON.parse(process.env.CRASH_BOT ?? "{}");
const store = await openStore(place);
const leases = createLeases(store);
const timers = createTimers(store);
const waiting = new Map<number, (value: never) => void>();
let calls = 0;

function call<T>(name: "post" | "edit" | "openThread", ...args: unknown[]): Promise<T> {
  calls += 1;
  const id = calls;
  process.send?.({ call: id, name, args } satisfies FromBot);
  return new Promise<T>((resolve) => waiting.set(id, resolve as (value: never) => void));
}

const carrier = {
  post: (at: Place, reply: Reply, options?: { key?: string }) => call<MessageRef>("post", at, reply, options?.key),
  edit: (ref: MessageRef, reply: Reply) => call<void>("edit", ref, reply),
  openThread: (ref: MessageRef, title: string) => call<Place>("openThread", ref, title),
};
const outbox = createOutbox(store, { leases, platforms: new Map([["chat", carrier]]) });
const content = curriculum(300);
const parts = { store, timers, outbox, leases, log: silentLog, timing: scaleTiming(defaultTiming, speed) };
const quizService = createQuiz({ ...parts, curriculum: { current: content } });

// A probe is a timer whose every firing leaves a row of its own, so that firing twice would be seen.
timers.on("probe", async ({ id }, tx) => {
  const key = `fired/${id}/${process.pid}/${process.hrtime.bigint()}`;
  await tx.insertInto("event").values({ key, at: store.now(), outcome: null }).execute();
});

const services = { quiz: quizService, curriculum: { current: content } } as unknown as Services;
const app = createApp({
  commands: [...quiz, ...controls, ...progress, feedback],
  services,
  now: store.now,
  log: silentLog,
});

process.on("message", async (message: ToBot) => {
  if ("call" in message) {
    waiting.get(message.call)?.(message.value as never);
    waiting.delete(message.call);
    return;
  }
  let reply: Reply = { blocks: [] };
  for await (reply of app.dispatch(message.invocation));
  process.send?.({ event: message.event, reply } satisfies FromBot);
  if (!probes || Math.random() > 0.3) return;
  const id = `probe-${process.pid}-${message.event}-${Math.random()}`;
  const set = { id, kind: "probe", dueAt: store.now() + Math.random() * 600 };
  await store.write((tx) => timers.set(tx, set)).catch(() => {});
});
process.on("disconnect", () => process.exit(0));

await leases.start();
await quizService.start();
await timers.start();
await outbox.start();
process.send?.({ ready: true } satisfies FromBot);
