import { type ChildProcess, fork } from "node:child_process";
import { setTimeout as sleep } from "node:timers/promises";
import type { Invocation } from "../../src/core/platform.ts";
import type { Reply } from "../../src/core/reply.ts";
import type { StorePlace } from "../store/places.ts";
import type { FromBot, ToBot } from "./bot.ts";
import { createRecorder } from "./recorder.ts";

const program = new URL("./bot.ts", import.meta.url).pathname;

/** A running bot process. */
interface Bot {
  child: ChildProcess;
  ready: Promise<boolean>;
  waiting: Map<number, (reply: Reply | null) => void>;
}

/** Bots that are killed and replaced while events keep coming. */
export function createArena(place: StorePlace, { processes, speed }: { processes: number; speed: number }) {
  const recorder = createRecorder();
  const bots: Bot[] = [];
  const gone: Promise<void>[] = [];
  let events = 0;
  let deliveries = 0;
  let kills = 0;

  function spawn(): Bot {
    const env = { ...process.env, CRASH_BOT: JSON.stringify({ place, speed, probes: true }) };
    const child = fork(program, { env, execArgv: [], stdio: ["ignore", "ignore", "inherit", "ipc"] });
    const { promise: ready, resolve } = Promise.withResolvers<boolean>();
    const bot: Bot = { child, ready, waiting: new Map() };
    child.on("message", (message: FromBot) => {
      if ("ready" in message) resolve(true);
      else if ("event" in message) {
        bot.waiting.get(message.event)?.(message.reply);
        bot.waiting.delete(message.event);
      } else serve(child, message);
    });
    gone.push(
      new Promise((ended) => {
        child.once("exit", () => {
          resolve(false);
          for (const answer of bot.waiting.values()) answer(null);
          bot.waiting.clear();
          ended();
        });
      }),
    );
    child.on("error", () => {});
    return bot;
  }

  function serve(child: ChildProcess, { call, name, args }: Extract<FromBot, { call: number }>) {
    const value = (recorder[name] as (...args: unknown[]) => unknown)(...args);
    // What reached the platform has happened there, whether or not the bot lives to hear of it.
    setTimeout(() => send(child, { call, value: value ?? null }), Math.random() * 15);
  }

  function send(child: ChildProcess, message: ToBot) {
    if (child.connected) child.send(message, () => {});
  }

  /** One delivery to one bot; null when it died before it answered. */
  async function deliver(bot: Bot, event: number, invocation: Invocation): Promise<Reply | null> {
    if (!(await bot.ready) || !bot.child.connected || bot.child.killed) return null;
    deliveries += 1;
    return new Promise((answer) => {
      bot.waiting.set(event, answer);
      send(bot.child, { event, invocation });
    });
  }

  const anyBot = () => bots[Math.floor(Math.random() * bots.length)];

  /** Delivers an event until some bot has answered it, and once more, as platforms do. */
  async function tell(invocation: Invocation): Promise<Reply> {
    for (;;) {
      const bot = anyBot();
      events += 1;
      const reply = bot ? await deliver(bot, events, invocation) : null;
      if (!reply) {
        await sleep(20);
        continue;
      }
      void again(invocation);
      return reply;
    }
  }

  async function again(invocation: Invocation) {
    await sleep(Math.random() * 400);
    const bot = anyBot();
    events += 1;
    if (bot) await deliver(bot, events, invocation);
  }

  return {
    recorder,
    tell,
    counts: () => ({ deliveries, kills }),
    async start() {
      for (let index = 0; index < processes; index += 1) bots.push(spawn());
      await Promise.all(bots.map(({ ready }) => ready));
    },
    /** Kills one bot outright and starts another in its place; resolves when that one is ready. */
    async kill() {
      const index = Math.floor(Math.random() * bots.length);
      const bot = bots[index];
      if (!bot) return;
      kills += 1;
      bot.child.kill("SIGKILL");
      const next = spawn();
      bots[index] = next;
      await next.ready;
    },
    async stop() {
      for (const { child } of bots) child.kill("SIGKILL");
      await Promise.all(gone);
    },
  };
}

export type Arena = ReturnType<typeof createArena>;
