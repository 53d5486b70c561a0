import type { ClientOptions } from "discord.js";
import { afterEach, expect } from "vitest";
import { z } from "zod";
import { type Command, defineCommand } from "../../../src/core/command.ts";
import { createApp } from "../../../src/core/dispatch.ts";
import type { Log } from "../../../src/core/log.ts";
import type { Platform } from "../../../src/core/platform.ts";
import { button, controls, press, privately, reply, text } from "../../../src/core/reply.ts";
import { createDiscord, type DiscordOptions } from "../../../src/platforms/discord/discord.ts";
import { type FakeDiscord, type FakeDiscordOptions, startFakeDiscord } from "../../harness/discord/fake-discord.ts";

/** Settings of the client library that make tests quick: no pause between sessions, no throttle of its own. */
export const quickClient: Partial<ClientOptions> = {
  ws: { buildIdentifyThrottler: async () => ({ waitForIdentify: async () => {} }) },
  rest: { globalRequestsPerSecond: 10_000 },
};

/** What a test has: a Discord, and a bot with the given commands in it. */
export interface Stage {
  discord: FakeDiscord;
  /** The one that runs now. */
  platform: Platform;
  /** Stops the bot; what is said from here on is delivered to nobody. */
  goDown(): Promise<void>;
  /** Stops the bot and starts another one, which knows nothing of the first. */
  restart(): Promise<void>;
  /** What the bot logged as a warning or an error. */
  logged: { level: string; event: string; details: unknown }[];
}

const open: (() => Promise<void>)[] = [];

afterEach(async () => {
  for (const close of open.splice(0).reverse()) await close();
});

/** A bot with these commands in a Discord of its own. Afterwards the rules of Discord must not have been broken. */
export async function stage(
  commands: Command[],
  { fake, ...options }: { fake?: FakeDiscordOptions } & Partial<DiscordOptions> = {},
): Promise<Stage> {
  const discord = await startFakeDiscord(fake);
  const logged: Stage["logged"] = [];
  const keep = (level: string) => (event: string, details?: unknown) => void logged.push({ level, event, details });
  const log: Log = { debug() {}, info() {}, warn: keep("warn"), error: keep("error") };
  const create = () =>
    createDiscord({ token: discord.token, apiUrl: discord.apiUrl, log, client: quickClient, ...options });
  const app = createApp({ commands, services: {} as never, now: Date.now, log });
  const made: Stage = {
    discord,
    platform: create(),
    logged,
    async goDown() {
      await made.platform.stop();
      discord.gateway.forget();
    },
    async restart() {
      await made.platform.stop();
      made.platform = create();
      await made.platform.start(app);
    },
  };
  open.push(async () => {
    await made.platform.stop();
    const verdict = discord.verdict();
    await discord.stop();
    expect(verdict).toEqual([]);
  });
  await made.platform.start(app);
  return made;
}

/** A command made of the parts a test is about. */
export function command(parts: Partial<Command> & Pick<Command, "name" | "run">): Command {
  return defineCommand({ summary: `Does ${parts.name}`, options: z.object({}), ...parts });
}

/** Answers every question and counts how often it was asked. */
export function counting() {
  const asked: string[] = [];
  const ask = command({
    name: "ask",
    options: z.object({ question: z.string().default("") }),
    positional: ["question"],
    run({ question }) {
      asked.push(String(question));
      return reply(
        text(`You asked: ${String(question)}`),
        controls(button("Again", press("ask", { question: "again" }))),
      );
    },
  });
  return { ask, asked };
}

const word = z.string().default("");

/** Answers with the question and leads to a solo quiz. */
export const ask = command({
  name: "ask",
  options: z.object({ question: word }),
  positional: ["question"],
  run: ({ question }) => reply(text(`You asked: ${String(question)}`), controls(button("Quiz me", press("quiz solo")))),
});

/** A command whose answer comes when the test says so. */
export function slow(name: string, audience?: "channel") {
  const gate = Promise.withResolvers<string>();
  return {
    say: gate.resolve,
    command: command({
      name,
      run: async () => ({ ...reply(text(await gate.promise)), ...(audience && { audience }) }),
    }),
  };
}

/** A solo flow with a step after the first. */
export const solo = [
  command({
    name: "quiz solo",
    options: z.object({ topic: word }),
    positional: ["topic"],
    complete: { topic: () => [{ label: "Layers", value: "layers" }] },
    run: ({ topic }) =>
      privately(reply(text(`Question about ${String(topic) || "all"}`), controls(button("A", press("quiz pick"))))),
  }),
  command({
    name: "quiz pick",
    hidden: true,
    run: () => privately(reply(text("Correct"), controls(button("Explain", press("ask", { question: "why" }))))),
  }),
];
