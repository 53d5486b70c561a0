import { commands } from "../../commands/index.ts";
import type { Caller, Place, Services } from "../../src/core/context.ts";
import { createApp } from "../../src/core/dispatch.ts";
import { silentLog } from "../../src/core/log.ts";
import type { MessageRef } from "../../src/core/platform.ts";
import { UnreachableError } from "../../src/core/platform.ts";
import { directoryOf } from "../../src/core/platform-kind.ts";
import { decodePress, encodePress } from "../../src/core/press.ts";
import type { Control, Press, Reply } from "../../src/core/reply.ts";
import { readText } from "../../src/core/text.ts";
import type { Question } from "../../src/curriculum/schema.ts";
import { createFeedback } from "../../src/feedback/feedback.ts";
import { parts } from "../../src/parts.ts";
import { createQuiz, type QuizOptions } from "../../src/quiz/quiz.ts";
import { createSettings } from "../../src/settings/settings.ts";
import { createSharing } from "../../src/sharing/sharing.ts";
import { createLeases } from "../../src/store/leases.ts";
import { createOutbox } from "../../src/store/outbox.ts";
import { personalOf } from "../../src/store/part.ts";
import { createPersonalData } from "../../src/store/personal-data.ts";
import { createTimers } from "../../src/store/timers.ts";
import { openStore } from "../harness/open-store.ts";
import type { StorePlace } from "../store/places.ts";
import { curriculum as sampleCurriculum } from "./fixtures.ts";

/** A message people can see, as it is now. */
export interface Shown {
  id: string;
  place: Place;
  reply: Reply;
  edits: number;
}

export const here: Place = { platform: "chat", workspace: "bakery", channel: "oven" };

export type World = Awaited<ReturnType<typeof openWorld>>;

/** The bot without a platform: people speak and press, messages are noted, time passes when told. */
export async function openWorld(
  place: StorePlace,
  clock: { now(): number; pass(ms: number): void },
  options: Partial<QuizOptions> & { shown?: Map<string, Shown> } = {},
) {
  const store = options.store ?? (await openStore({ ...place, now: clock.now }));
  const leases = createLeases(store);
  const timers = createTimers(store);
  const shown = options.shown ?? new Map<string, Shown>();
  const posts: string[] = [];
  const gone = new Set<string>();
  const carrier = {
    async post(at: Place, reply: Reply, { key }: { key?: string } = {}): Promise<MessageRef> {
      if (gone.has(at.channel)) throw new UnreachableError("the channel is gone");
      const id = `m${shown.size + 1}`;
      shown.set(id, { id, place: at, reply, edits: 0 });
      posts.push(key ?? "");
      return { place: at, id };
    },
    async edit(ref: MessageRef, reply: Reply) {
      const message = shown.get(ref.id);
      if (message) Object.assign(message, { reply, edits: message.edits + 1 });
    },
    async openThread(ref: MessageRef): Promise<Place> {
      return { ...ref.place, thread: ref.id };
    },
  };
  const outbox = createOutbox(store, { leases, platforms: new Map([["chat", carrier]]) });
  const content = options.curriculum?.current ?? sampleCurriculum();
  const library = { reload: () => content, onReload() {}, ...(options.curriculum ?? { current: content }) };
  const quiz = createQuiz({ store, timers, outbox, leases, curriculum: library, log: silentLog, ...options });
  const feedback = createFeedback({ store, log: silentLog });
  const settings = createSettings(store);
  const services = {
    quiz,
    feedback,
    settings,
    platforms: directoryOf([]),
    sharing: createSharing({ store, outbox }),
    personal: createPersonalData(store, personalOf(parts)),
    curriculum: options.curriculum ?? library,
    tutor: { concept: (name: string) => content.concepts.get(name) },
    commands: () => commands,
    offers: () => ({ experiments: false, quiz: true, sandbox: false, feedback: true }),
  } as unknown as Services;
  const app = createApp({
    commands,
    services,
    now: clock.now,
    log: silentLog,
    rules: settings,
    hosts: new Set(["chat:host"]),
  });
  let events = 0;
  await leases.start();
  await quiz.start();

  async function settle() {
    for (let turn = 0; turn < 20; turn += 1) {
      await outbox.flush();
      if ((await timers.fireDue()) === 0) return;
    }
  }

  function caller(name: string, at: Place, event?: string, message?: string): Caller {
    events += 1;
    return {
      person: { id: `chat:${name.toLowerCase()}`, name, moderator: ["Mod", "Kim"].includes(name) },
      place: at,
      // Kim's platform tells where Kim is.
      ...(name === "Kim" && { zone: "Asia/Tokyo" }),
      locale: "en",
      event: event ?? `event-${events}-${Math.random()}`,
      ...(message !== undefined && { message }),
    };
  }

  async function run(
    name: string,
    invocation: Press,
    { at = here, event, message }: { at?: Place; event?: string; message?: string } = {},
  ): Promise<Reply> {
    let last: Reply = { blocks: [] };
    for await (const reply of app.dispatch({ ...invocation, caller: caller(name, at, event, message) })) last = reply;
    await settle();
    return last;
  }

  const messages = () => [...shown.values()];

  const world = {
    store,
    timers,
    outbox,
    quiz,
    content,
    clock,
    posts,
    gone,
    messages,
    settle,
    run,
    shown,
    caller,
    /** Says a line and gives the reply, also when it is a refusal. */
    say: (name: string, line: string, at?: { at?: Place; event?: string }) => run(name, readText(line, commands), at),
    /** Presses the newest control with that label, through the string that platforms carry. */
    async press(
      name: string,
      label: string,
      { on, ...at }: { on?: Reply; at?: Place; event?: string } = {},
    ): Promise<Reply> {
      const control = on ? controlsOf(on).find((one) => isLabelled(one, label)) : newest(label);
      if (control?.kind !== "button") throw new Error(`there is no button ${label}`);
      const press = decodePress(encodePress(control.press));
      if (!press) throw new Error("the press cannot be read back");
      return run(name, press, at);
    },
    /** Presses the letter of a right or wrong option of the open question. */
    async pick(name: string, what: "right" | "wrong", options: { on?: Reply; event?: string } = {}): Promise<Reply> {
      const reply =
        options.on ??
        messages().findLast(({ reply: one }) => controlsOf(one).some((control) => isLabelled(control, "A")))?.reply;
      if (!reply) throw new Error("no question is open");
      return world.press(name, letterOf(reply, content.questions.values(), what), { ...options, on: reply });
    },
    /** Lets time pass; timers fire at their moments. */
    pass: (ms: number) => travel(clock.now() + ms, () => false),
    /** Lets time pass until the newest question's message is so. */
    until: (is: (question: Reply) => boolean) =>
      travel(clock.now() + 86_400_000, () => is(world.question()?.reply ?? { blocks: [] })),
    question: () => messages().findLast(({ reply }) => /^Question/.test(headingOf(reply))),
    channelMessage: () => messages().find(({ place: at }) => at.thread === undefined),
    async kill() {
      await timers.stop();
      await outbox.stop();
      await leases.stop();
      await store.close();
    },
    async close() {
      await quiz.stop();
      await settle();
      await world.kill();
    },
  };

  async function travel(end: number, arrived: () => boolean): Promise<void> {
    while (!arrived()) {
      const next = await store.read
        .selectFrom("timer")
        .select("due_at")
        .where("state", "=", 0)
        .where("due_at", "<=", end)
        .orderBy("due_at")
        .limit(1)
        .executeTakeFirst();
      clock.pass(Math.max(0, (next?.due_at ?? end) - clock.now()));
      await settle();
      if (!next) return;
    }
  }

  function newest(label: string): Control | undefined {
    for (const { reply } of messages().reverse()) {
      const control = controlsOf(reply).find((one) => isLabelled(one, label));
      if (control) return control;
    }
    return undefined;
  }

  return world;
}

/** All controls of a reply. */
export function controlsOf(reply: Reply): Control[] {
  return reply.blocks.flatMap((block) => (block.kind === "controls" ? block.controls : []));
}

export const isLabelled = (control: Control, label: string) => "label" in control && control.label === label;

/** The words of a reply. */
export function textOf(reply: Reply): string {
  return reply.blocks
    .map((block) => {
      if (block.kind === "text") return block.markdown;
      if (block.kind === "heading") return block.text;
      if (block.kind === "fields") return block.fields.map(({ name, value }) => `${name}: ${value}`).join("\n");
      if (block.kind === "code") return block.source;
      if (block.kind === "file") return block.text;
      return "";
    })
    .filter(Boolean)
    .join("\n");
}

export const headingOf = (reply: Reply): string => {
  const block = reply.blocks.find(({ kind }) => kind === "heading");
  return block?.kind === "heading" ? block.text : "";
};

/** The letter under which a shown question has its right option, or the first wrong one. */
function letterOf(reply: Reply, questions: Iterable<Question>, what: "right" | "wrong"): string {
  const shown = textOf(reply);
  const question = [...questions].find(({ text }) => shown.includes(text));
  const options = question?.options.filter(({ right }) => right === (what === "right")) ?? [];
  for (const match of shown.matchAll(/^\*\*([A-E])\.\*\* (.+)$/gm)) {
    if (options.some(({ text }) => text === match[2])) return match[1] ?? "";
  }
  throw new Error(`no ${what} option is shown in:\n${shown}`);
}
