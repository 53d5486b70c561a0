import { mkdtempSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { silentLog } from "../../../src/core/log.ts";
import { openLibrary } from "../../../src/curriculum/library.ts";
import { createSlack } from "../../../src/platforms/slack/slack.ts";
import type { Driver, Seen } from "../conversation.ts";
import { startTalkingBot } from "../talking-bot.ts";
import type { Actor } from "./actor.ts";
import { startFakeSlack } from "./fake-slack.ts";
import { labels, wordsOf } from "./reading.ts";
import type { SlackMessage } from "./world.ts";

/** Where people speak to the bot over Socket Mode: in the channel, in a thread that they began, or alone with it. */
export type Where = "channel" | "thread" | "direct";

/**
 * The real Slack platform against the fake workspace, with a clock that only `wait` moves. Over Socket Mode people mention the bot or write to
 * it, over HTTP they use its command. `close` throws when the fake has noted a problem.
 */
export async function createSlackDriver(
  contentDir: string,
  mode: "socket" | "http",
  where: Where = "channel",
): Promise<Driver & { transcript(): string }> {
  const fake = await startFakeSlack();
  const dataDir = mkdtempSync(join(tmpdir(), "bakehouse-slack-"));
  const library = openLibrary([contentDir]);
  const channel = fake.channel.id;
  const people = new Map<string, Actor>();
  const known = new Map<SlackMessage, number>();
  const threads = new Map<string, string>();
  const lines: string[] = [];
  let now = Date.UTC(2026, 0, 5, 9);
  let bot = await start();

  async function start() {
    const slack = createSlack({
      botToken: fake.team.botToken,
      apiUrl: fake.apiUrl,
      log: silentLog,
      throttle: { points: 1000, duration: 60 },
      ...(mode === "socket" ? { appToken: fake.appToken } : { signingSecret: fake.signingSecret, port: 0 }),
    });
    const talking = await startTalkingBot(slack, library, dataDir, () => now, slack.settled);
    if (mode === "http") fake.delivery.requestUrl = `http://127.0.0.1:${slack.port()}/slack/events`;
    return talking;
  }

  function person(name: string): Actor {
    const found = people.get(name);
    if (found) return found;
    const exists = [...fake.team.users.values()].some((user) => user.name === name);
    const actor = exists ? fake.as(name) : fake.join(name);
    if (name === "teacher") for (const user of fake.team.users.values()) if (user.name === name) user.admin = true;
    people.set(name, actor);
    return actor;
  }

  async function mentionInThread(actor: Actor, who: string, sent: string): Promise<void> {
    const thread = threads.get(who);
    const { ts } = await actor.mention(channel, sent, thread === undefined ? {} : { thread });
    threads.set(who, thread ?? ts);
  }

  const allMessages = () =>
    [...fake.team.channels.values()].flatMap((one) => one.messages.map((message) => ({ message, one })));

  return {
    async say(who, line) {
      const actor = person(who);
      lines.push(`> ${who}: ${line}`);
      const sent = line.replace(/@([a-z]+)\b/g, (_, name: string) => `<@${person(name).id}>`);
      if (where === "direct") await actor.dm(sent);
      else if (where === "thread") await mentionInThread(actor, who, sent);
      else if (mode === "socket") await actor.mention(channel, sent);
      else await actor.slash(channel, sent);
      await bot.settle();
    },
    async press(who, label) {
      const actor = person(who);
      lines.push(`> ${who}: [${label}]`);
      const places = [channel, actor.direct().id];
      const message = places
        .flatMap((place) => actor.sees(place))
        .findLast(({ blocks }) => labels(blocks).includes(label));
      if (!message) throw new Error(`${who} sees no "${label}"`);
      await actor.press(message, label);
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
      const news = allMessages().filter(
        ({ message }) => message.user === fake.team.botUser && known.get(message) !== message.versions.length,
      );
      return news.map(({ message, one }): Seen => {
        known.set(message, message.versions.length);
        const owner =
          message.onlyFor ?? (one.kind === "im" ? [...one.members].find((id) => id !== fake.team.botUser) : undefined);
        const only = owner === undefined ? undefined : fake.team.users.get(owner)?.name;
        const text = wordsOf(message.blocks);
        lines.push(`${only === undefined ? "" : `(only ${only}) `}${text}`);
        return { text, ...(only !== undefined && { only }) };
      });
    },
    transcript: () => lines.join("\n\n"),
    async close() {
      await bot.stop();
      await fake.stop();
      if (fake.problems.length > 0) throw new Error(fake.problems.join("\n"));
    },
  };
}
