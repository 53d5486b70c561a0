import { mkdtempSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { ownContent } from "../../../src/app.ts";
import { silentLog } from "../../../src/core/log.ts";
import { openLibrary } from "../../../src/curriculum/library.ts";
import { createDiscord } from "../../../src/platforms/discord/discord.ts";
import { startFakeDiscord } from "../../harness/discord/fake-discord.ts";
import { bits } from "../../harness/discord/permissions.ts";
import { startTalkingBot } from "../../harness/talking-bot.ts";
import { quickClient } from "./fixture.ts";

describe.each([
  { kind: "voice", type: 2 },
  { kind: "stage", type: 13 },
] as const)("the chat of a $kind channel", ({ kind, type }) => {
  it("holds a whole quiz itself, since no thread can be opened there", async () => {
    const discord = await startFakeDiscord();
    const { world } = discord;
    const room = world.addChannel({ type, name: kind, guild: world.guild });
    // What threads need is not needed here.
    room.denied = bits.createPublicThreads | bits.sendInThreads;
    const platform = createDiscord({
      token: discord.token,
      apiUrl: discord.apiUrl,
      log: silentLog,
      client: quickClient,
    });
    let now = Date.now();
    const bot = await startTalkingBot(
      platform,
      openLibrary([ownContent]),
      mkdtempSync(join(tmpdir(), "bakehouse-voice-")),
      () => now,
    );
    const ada = discord.as("Ada");
    const begun = await ada.slash("quiz start", { topic: "layers", questions: 1 }, { in: room }).answer();
    expect(begun.text).toContain("comes here");
    await bot.wait(2_000, (to) => {
      now = to;
    });
    const question = ada.sees(room).find(({ buttons }) => buttons.includes("A"));
    expect(question?.message.channel).toBe(room);
    expect(ada.sees(room).some(({ text }) => /is below/.test(text))).toBe(true);
    if (question) await ada.press(question.message, "A").answer();
    await bot.wait(10 * 60_000, (to) => {
      now = to;
    });
    expect(ada.sees(room).some(({ text }) => /the thread/.test(text))).toBe(false);
    expect(ada.sees(room).some(({ text }) => /ended|Scores|result/i.test(text))).toBe(true);
    expect([...world.channels.values()].filter((one) => one.type === 11)).toEqual([]);
    await bot.stop();
    expect(discord.verdict()).toEqual([]);
    await discord.stop();
  });
});
