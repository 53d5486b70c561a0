import type { ClientOptions } from "discord.js";
import { afterEach, expect } from "vitest";
import { z } from "zod";
import { type Command, defineCommand } from "../../../src/core/command.ts";
import { createApp } from "../../../src/core/dispatch.ts";
import type { Log } from "../../../src/core/log.ts";
import type { Platform } from "../../../src/core/platform.ts";
import { createDiscord, type DiscordOptions } from "../../../src/platforms/discord/index.ts";
import { type FakeDiscord, type FakeDiscordOptions, startFakeDiscord } from "../../harness/discord/fake-discord.ts";

/** Settings of the client library that make tests quick: no pause between sessions, no throttle of its own. */
export const quickClient: Partial<ClientOptions> = {
  ws: { buildIdentifyThrottler: async () => ({ waitForIdentify: async () => {} }) },
  rest: { globalRequestsPerSecond: 10_000 },
};

/** What a test has: a Discord, and a bot with the given commands in it. */
export interface Stage {
  discord: FakeDiscord;
  platform: Platform;
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
  const platform = createDiscord({
    token: discord.token,
    apiUrl: discord.apiUrl,
    log,
    client: quickClient,
    ...options,
  });
  open.push(async () => {
    await platform.stop();
    const verdict = discord.verdict();
    await discord.stop();
    if (process.env.SHOW_LOG) console.log(JSON.stringify(logged, (_, v) => (v instanceof Error ? v.stack : v), 1));
    expect(verdict).toEqual([]);
  });
  await platform.start(createApp({ commands, services: {} as never, now: Date.now, log }));
  return { discord, platform, logged };
}

/** A command made of the parts a test is about. */
export function command(parts: Partial<Command> & Pick<Command, "name" | "run">): Command {
  return defineCommand({ summary: `Does ${parts.name}`, options: z.object({}), ...parts });
}
