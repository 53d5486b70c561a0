import { mkdtempSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { createApp } from "../../../src/core/dispatch.ts";
import { silentLog } from "../../../src/core/log.ts";
import { createDiscord, type DiscordOptions } from "../../../src/platforms/discord/discord.ts";
import { createInbox } from "../../../src/store/inbox.ts";
import type { Store } from "../../../src/store/store.ts";
import { type FakeDiscord, startFakeDiscord } from "../../harness/discord/fake-discord.ts";
import { openStore } from "../../harness/open-store.ts";
import { counting, quickClient } from "./fixture.ts";

let store: Store;
let discord: FakeDiscord;
beforeEach(async () => {
  store = await openStore({ dataDir: mkdtempSync(join(tmpdir(), "bakehouse-")) });
  discord = await startFakeDiscord();
});
afterEach(async () => {
  expect(discord.verdict()).toEqual([]);
  await discord.stop();
  await store.close();
});

/** A bot as process `owner`, and what it was asked. */
async function start(owner: string, options: Partial<DiscordOptions> = {}) {
  const { ask, asked } = counting();
  const inbox = createInbox(store, { leases: { owner } });
  const { token, apiUrl } = discord;
  const platform = createDiscord({ token, apiUrl, log: silentLog, client: quickClient, inbox, ...options });
  await platform.start(createApp({ commands: [ask], services: {} as never, now: Date.now, log: silentLog }));
  return {
    asked,
    inbox,
    async stop() {
      await platform.stop();
      discord.gateway.forget();
    },
  };
}

describe("direct messages on Discord that a stopped bot left", () => {
  it("are answered by the next one, what came while nobody was there too, and none twice", async () => {
    const ada = discord.as("Ada");
    const first = await start("first");
    await ada.answerTo(ada.dm("one"));
    await first.stop();
    ada.dm("two");
    ada.dm("three");
    const second = await start("second");
    await discord.world.until(() => second.asked.length === 2);
    await ada.answerTo(ada.dm("four"));
    await second.stop();
    const third = await start("third");
    await ada.answerTo(ada.dm("five"));
    await third.stop();
    expect([first.asked, second.asked, third.asked]).toEqual([["one"], ["two", "three", "four"], ["five"]]);
    const said = ada.sees(ada.direct()).filter((one) => one.message.author.bot);
    expect(said.map((one) => one.text)).toEqual(
      ["one", "two", "three", "four", "five"].map((one) => `You asked: ${one}`),
    );
  });

  it("are found after any number of restarts", async () => {
    const ada = discord.as("Ada");
    const first = await start("0");
    await ada.answerTo(ada.dm("hello"));
    await first.stop();
    for (let at = 1; at <= 5; at += 1) await (await start(String(at))).stop();
    ada.dm("still there?");
    const last = await start("last");
    await discord.world.until(() => last.asked.length === 1);
    await last.stop();
    expect(last.asked).toEqual(["still there?"]);
  });

  it("are answered once when the bot had them in work as it ended", async () => {
    const ada = discord.as("Ada");
    const message = ada.dm("in work");
    const killed = createInbox(store, { leases: { owner: "killed" } });
    const until = Date.now() + 60_000;
    await killed.keep({
      key: `discord:direct:${message.channel.id}:of-the-killed:${until}`,
      platform: "discord",
      workspace: "direct",
      body: JSON.stringify({ channelId: message.channel.id, until }),
      worthMs: 60_000,
    });
    const next = await start("next");
    expect((await ada.answerTo(message)).text).toBe("You asked: in work");
    await next.stop();
    const last = await start("last");
    await ada.answerTo(ada.dm("another"));
    await last.stop();
    expect([next.asked, last.asked]).toEqual([["in work"], ["another"]]);
  });

  it("are left for the next one when the bot stops before their turn has come", async () => {
    const ada = discord.as("Ada");
    const first = await start("first");
    await ada.answerTo(ada.dm("hello"));
    await first.stop();
    ada.dm("one");
    ada.dm("two");
    const asked: string[][] = [];
    for (const owner of ["second", "third"]) {
      const next = await start(owner, { throttle: { points: 1, seconds: 600 } });
      await discord.world.until(() => next.asked.length === 1);
      await next.stop();
      asked.push(next.asked);
    }
    expect(asked).toEqual([["one"], ["two"]]);
  });

  it("hold nothing of what was said", async () => {
    const ada = discord.as("Ada");
    const bot = await start("only");
    await ada.answerTo(ada.dm("my secret recipe"));
    await bot.stop();
    const rows = await store.read.selectFrom("inbox").selectAll().execute();
    expect(rows.length).toBe(2);
    expect(JSON.stringify(rows)).not.toContain("recipe");
  });
});
