import { mkdtempSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { afterEach, describe, expect, it } from "vitest";
import { z } from "zod";
import type { Place } from "../../../src/core/context.ts";
import { button, controls, press, reply, text } from "../../../src/core/reply.ts";
import { openLibrary } from "../../../src/curriculum/library.ts";
import { createDiscord } from "../../../src/platforms/discord/discord.ts";
import { type FakeDiscord, startFakeDiscord } from "../../harness/discord/fake-discord.ts";
import { messageJson } from "../../harness/discord/message-json.ts";
import { look, type Seen } from "../../harness/discord/seen.ts";
import { channelJson } from "../../harness/discord/wire.ts";
import type { Channel } from "../../harness/discord/world.ts";
import { startTalkingBot } from "../../harness/talking-bot.ts";
import { command, quickClient, stage } from "./fixture.ts";

const content = fileURLToPath(new URL("../../../content", import.meta.url));
const ends: (() => Promise<unknown>)[] = [];
afterEach(async () => {
  for (const end of ends.splice(0).reverse()) await end();
});

/** A quiz of two questions without a clock, the first of which is open in its thread. */
async function quiz() {
  const discord = await startFakeDiscord();
  ends.push(discord.stop);
  const errors: unknown[] = [];
  let now = Date.now();
  const platform = createDiscord({
    token: discord.token,
    apiUrl: discord.apiUrl,
    log: { debug() {}, info() {}, warn() {}, error: (event, details) => void errors.push([event, details]) },
    client: quickClient,
    onGone: (place) => bot.services.quiz.gone(place),
  });
  const folder = mkdtempSync(join(tmpdir(), "bakehouse-upheaval-"));
  const bot = await startTalkingBot(platform, openLibrary([content]), folder, () => now);
  ends.push(bot.stop);
  const ada = discord.as("Ada");
  await ada.slash("quiz start", { topic: "layers", questions: 2, pace: "none" }).answer();
  await bot.settle();
  const thread = await discord.world.until(() => [...discord.world.channels.values()].find(({ type }) => type === 11));
  const posts = (channel: Channel): Seen[] =>
    [...discord.world.messages.values()].filter((one) => one.channel === channel && !one.onlyFor).map(look);
  const question = await discord.world.until(() => posts(thread).find((one) => /Question 1 of 2/.test(one.text)));
  return {
    ...{ discord, bot, ada, thread, question, posts, errors },
    channelPost: () => posts(discord.world.study).find((one) => /Quiz/.test(one.text))?.text ?? "",
    wait: (ms: number) =>
      bot.wait(ms, (to) => {
        now = to;
      }),
    /** Resolves once the channel's message says that, sending what waits meanwhile. */
    async says(words: RegExp) {
      await expect
        .poll(
          async () => {
            await bot.settle();
            return posts(discord.world.study)
              .map((one) => one.text)
              .join("\n");
          },
          { timeout: 10_000 },
        )
        .toMatch(words);
    },
  };
}

const noTrace = (discord: FakeDiscord) => {
  for (const message of discord.world.messages.values()) expect(look(message).text).not.toMatch(/at .*\.[tj]s:|Error:/);
  expect(discord.verdict()).toEqual([]);
};

describe("a channel quiz on Discord that loses its place", () => {
  it("ends when its thread is deleted, and says so in the channel", async () => {
    const { discord, ada, thread, errors, says, channelPost } = await quiz();
    discord.upheaval.deleteThread(thread);
    await says(/Quiz ended/);
    expect(channelPost()).toContain("I could not post here any more");
    // The channel is free for another one.
    expect((await ada.slash("quiz start", { topic: "layers", pace: "none" }).answer()).text).toContain("is on");
    expect(errors).toEqual([]);
    noTrace(discord);
  });

  it("ends when its channel is deleted, and what somebody had open there answers in words", async () => {
    const { discord, bot, ada, question, errors } = await quiz();
    const { world } = discord;
    const elsewhere = world.addChannel({ type: 0, name: "elsewhere", guild: world.guild });
    discord.upheaval.deleteChannel(world.study);
    await expect
      .poll(async () => (await bot.services.quiz.openQuestionAt(placeOf(discord)))?.concept ?? "closed")
      .toBe("closed");
    // A client that has not noticed yet still shows the buttons; their answer is private, so it needs no channel.
    world.messages.set(question.message.id, question.message);
    expect((await ada.press(question.message, "A").answer()).text).toMatch(/ended/);
    expect((await ada.slash("topics", {}, { in: elsewhere }).answer()).text).toMatch(/\S/);
    expect(errors).toEqual([]);
    noTrace(discord);
  });

  it("goes on with the next question when the message of one is deleted", async () => {
    const { discord, ada, thread, question, posts, errors, wait, says } = await quiz();
    await ada.press(question.message, "A").answer();
    discord.upheaval.deleteMessage(question.message);
    await wait(2 * 60_000);
    const next = posts(thread).find((one) => /Question 2 of 2/.test(one.text));
    expect(next?.buttons).toContain("A");
    if (next) await ada.press(next.message, "A").answer();
    await wait(31 * 60_000);
    await says(/Quiz ended/);
    expect(posts(thread).some((one) => /Scores/.test(one.text))).toBe(true);
    expect(errors).toEqual([]);
    noTrace(discord);
  });

  it("ends in its thread when the channel's message is deleted", async () => {
    const { discord, ada, thread, question, posts, errors, wait } = await quiz();
    const first = posts(discord.world.study).find((one) => one.buttons.includes("Stop"));
    if (first) discord.upheaval.deleteMessage(first.message);
    await ada.press(question.message, "A").answer();
    await wait(62 * 60_000);
    const titles = posts(thread).map((one) => /Question \d|Scores/.exec(one.text)?.[0]);
    expect(titles).toEqual(["Question 1", "Question 2", "Scores"]);
    expect(errors).toEqual([]);
    noTrace(discord);
  });
});

const placeOf = ({ world }: FakeDiscord): Place => ({
  platform: "discord",
  workspace: world.guild.id,
  channel: world.study.id,
});

/** Answers with the question and a button. */
const ask = command({
  name: "ask",
  options: z.object({ question: z.string().default("") }),
  positional: ["question"],
  run: ({ question }, { place }) =>
    reply(
      text(`You asked: ${String(question)} in ${place.thread ? "a thread" : "a channel"}`),
      controls(button("Again", press("ask", { question: "again" }))),
    ),
});

describe("events on Discord in an unusual order", () => {
  it("answers a press on a message, and a command in a thread, that it was never told about", async () => {
    const { discord } = await stage([ask]);
    const { world } = discord;
    const thread = world.addChannel({ type: 11, name: "quiet", parent: world.study, guild: world.guild });
    const message = world.say({
      channel: thread,
      author: world.bot,
      content: "",
      components: [{ type: 1, components: [{ type: 2, style: 1, label: "Old", custom_id: "v1:ask?question=old" }] }],
      flags: 1 << 15,
    });
    const ada = discord.as("Ada");
    expect((await ada.press(message, "Old").answer()).text).toBe("You asked: old in a thread");
    expect((await ada.slash("ask", { question: "new" }, { in: thread }).answer()).text).toBe(
      "You asked: new in a thread",
    );
  });

  it("answers in a thread that was archived when it came", async () => {
    const { discord, restart } = await stage([ask]);
    const { world, upheaval } = discord;
    const thread = world.addChannel({ type: 11, name: "old", parent: world.study, guild: world.guild });
    thread.archived = true;
    await restart();
    thread.archived = false;
    upheaval.update("THREAD_UPDATE", channelJson(thread), world.guild);
    const ada = discord.as("Ada");
    expect((await ada.answerTo(ada.mention("hi", { in: thread }))).text).toBe("You asked: hi in a thread");
  });

  it("answers a message once, whatever was said about it before and after", async () => {
    const { discord } = await stage([ask]);
    const { world, upheaval } = discord;
    const ada = discord.as("Ada");
    const update = (content: string, id: string) =>
      upheaval.update(
        "MESSAGE_UPDATE",
        {
          ...messageJson(
            world.say({ id, channel: world.study, author: ada.user, content, mentions: [world.bot] }),
            world,
          ),
          guild_id: world.guild.id,
        },
        world.guild,
      );
    const early = world.newId();
    update(`<@${world.bot.id}> edited first`, early);
    world.messages.delete(early);
    const mention = ada.mention("hello");
    await ada.answerTo(mention);
    upheaval.update("MESSAGE_UPDATE", { ...messageJson(mention, world), guild_id: world.guild.id }, world.guild);
    upheaval.deleteMessage(mention);
    await ada.answerTo(ada.mention("the end"));
    expect(
      ada
        .sees()
        .filter((one) => one.message.author.bot)
        .map((one) => one.text),
    ).toEqual(["You asked: hello in a channel", "You asked: the end in a channel"]);
  });

  it("hands on that a server has removed the bot, and not that it is out of reach", async () => {
    const left: string[] = [];
    const gone: Place[] = [];
    const { discord, platform } = await stage([ask], {
      onUninstall: async (workspace) => void left.push(workspace),
      onGone: async (place) => void gone.push(place),
    });
    const { world, upheaval } = discord;
    upheaval.outage(world.guild);
    upheaval.removeBot(world.guild);
    await expect.poll(() => left).toEqual([world.guild.id]);
    expect(gone).toEqual([]);
    const ada = discord.as("Ada");
    expect((await ada.answerTo(ada.dm("still there?"))).text).toContain("still there?");
    await expect(platform.post(placeOf(discord), reply(text("Anybody?")))).rejects.toThrow("Missing Access");
  });
});
