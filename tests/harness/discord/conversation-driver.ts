import { mkdtempSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { commands } from "../../../commands/index.ts";
import { silentLog } from "../../../src/core/log.ts";
import { readText } from "../../../src/core/text.ts";
import { openLibrary } from "../../../src/curriculum/library.ts";
import { createDiscord } from "../../../src/platforms/discord/discord.ts";
import type { Driver as ConversationDriver, Seen } from "../conversation.ts";
import { startTalkingBot } from "../talking-bot.ts";
import type { Registered } from "./bot-routes.ts";
import type { Asked, Driver } from "./driver.ts";
import { startFakeDiscord } from "./fake-discord.ts";
import { look } from "./seen.ts";
import type { Message } from "./world.ts";

/** How people speak to the bot: by slash commands, by mentions, by replies to what it said last, or alone with it. */
export type Manner = "slash" | "mention" | "reply" | "direct";

/** The real Discord platform in a Discord of its own, with a clock that only `wait` moves. `close` throws what broke Discord's rules. */
export async function createDiscordDriver(
  contentDir: string,
  manner: Manner,
): Promise<ConversationDriver & { transcript(): string }> {
  const discord = await startFakeDiscord();
  const { world } = discord;
  const dataDir = mkdtempSync(join(tmpdir(), "bakehouse-discord-"));
  const library = openLibrary([contentDir]);
  const told = new Map<Message, number>();
  const lines: string[] = [];
  let now = Date.UTC(2026, 0, 5, 9);
  world.makeModerator(discord.as("teacher").user);
  let bot = await start();

  function start() {
    const platform = createDiscord({
      token: discord.token,
      apiUrl: discord.apiUrl,
      log: silentLog,
      client: {
        ws: { buildIdentifyThrottler: async () => ({ waitForIdentify: async () => {} }) },
        rest: { globalRequestsPerSecond: 10_000 },
      },
    });
    return startTalkingBot(platform, library, dataDir, () => now);
  }

  async function slash(person: Driver, line: string): Promise<void> {
    const { command, options } = readText(line, commands);
    const [word, sub] = command.split(" ");
    const group = discord.registered.find(({ body }) => body.name === word);
    const asked = person.slash(
      group?.body.options?.some(({ type }) => type === 1) && !sub ? `${word} show` : command,
      typed(group, sub, options),
    );
    await asked.answer();
  }

  /** Commands for moderators are shown to those who may manage the server; everybody else has to mention the bot. */
  function isShown({ user }: Driver, line: string): boolean {
    const [word] = readText(line, commands).command.split(" ");
    const needed = discord.registered.find(({ body }) => body.name === word)?.body.default_member_permissions;
    return !needed || (world.permissionsOf(user, world.study) & BigInt(String(needed))) !== 0n;
  }

  /** What the bot last said where this person sees it. */
  const lastSaid = (person: Driver) =>
    [...world.messages.values()].findLast(
      (one) => one.author === world.bot && one.channel === world.study && (!one.onlyFor || one.onlyFor === person.user),
    );

  function write(person: Driver, line: string): Message {
    if (manner === "direct") return person.dm(line);
    const last = manner === "reply" ? lastSaid(person) : undefined;
    return last ? person.reply(last, line) : person.mention(line);
  }

  async function message(person: Driver, line: string): Promise<void> {
    const answer = await person.answerTo(write(person, line));
    if (answer.buttons.includes("Show it to me")) await person.press(answer.message, "Show it to me").answer();
  }

  const changed = ({ author, edits, loading }: Message, before: number | undefined) =>
    author === world.bot && !loading && before !== edits;

  return {
    async say(who, line) {
      lines.push(`> ${who}: ${line}`);
      const sent = line.replace(/@([a-z]+)\b/g, (_, name: string) => `<@${discord.as(name).user.id}>`);
      await (manner === "slash" && isShown(discord.as(who), sent) ? slash : message)(discord.as(who), sent);
      await bot.settle();
    },
    async press(who, label) {
      lines.push(`> ${who}: [${label}]`);
      const person = discord.as(who);
      const found = [...world.messages.values()].findLast(
        (one) => (!one.onlyFor || one.onlyFor === person.user) && look(one).buttons.includes(label),
      );
      if (!found) throw new Error(`${who} sees no button ${label}`);
      const asked: Asked = person.press(found, label);
      await world.until(
        () => asked.exchange.writes > 0 && !asked.exchange.original?.loading,
        `an answer to ${who}'s press`,
      );
      await bot.settle();
    },
    wait: (ms) =>
      bot.wait(ms, (to) => {
        now = to;
      }),
    async restart() {
      await bot.stop();
      bot = await start();
    },
    seen() {
      const news = [...world.messages.values()].filter((one) => changed(one, told.get(one)));
      return news.map((message): Seen => {
        told.set(message, message.edits);
        const { text, buttons } = look(message);
        const only = message.onlyFor?.name;
        lines.push(
          `${only ? `(only ${only} sees this)\n` : ""}${text}${buttons.length ? `\n[${buttons.join("] [")}]` : ""}`,
        );
        return { text, ...(only !== undefined && { only }) };
      });
    },
    transcript: () => lines.join("\n\n"),
    async close() {
      await bot.stop();
      await discord.stop();
      const verdict = discord.verdict();
      if (verdict.length > 0) throw new Error(`Discord's rules were broken:\n${verdict.join("\n")}`);
    },
  };
}

/** Options as a client sends them: numbers as numbers. */
function typed(
  group: Registered | undefined,
  sub: string | undefined,
  options: Record<string, string>,
): Record<string, string | number> {
  const offered =
    group?.body.options?.find(({ type, name }) => type === 1 && name === sub)?.options ?? group?.body.options ?? [];
  const numbers = new Set(offered.filter(({ type }) => type === 4 || type === 10).map(({ name }) => name));
  return Object.fromEntries(
    Object.entries(options).map(([name, value]) => [name, numbers.has(name) ? Number(value) : value]),
  );
}
