import { mkdtempSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, it } from "vitest";
import { startBot } from "../harness/bot.ts";
import { startFakeDiscord } from "../harness/discord/fake-discord.ts";
import { readKept } from "./kept.ts";

it("forgets a Discord server that removes the bot in the middle of a quiz, and nothing of another one", async () => {
  const discord = await startFakeDiscord();
  const { world, upheaval } = discord;
  const other = world.addChannel({ type: 0, name: "study", guild: world.addGuild("Other School") });
  const dataDir = mkdtempSync(join(tmpdir(), "bakehouse-leave-"));
  const bot = startBot({
    DATA_DIR: dataDir,
    DISCORD_TOKEN: discord.token,
    DISCORD_API_URL: discord.apiUrl,
    SANDBOX_TOTAL: "0",
  });
  const ada = discord.as("Ada");
  const play = async (channel: typeof other) => {
    await ada.slash("quiz start", { topic: "layers", questions: 2, pace: "none" }, { in: channel }).answer();
    const question = await world.until(() =>
      [...world.channels.values()]
        .filter(({ parent }) => parent === channel)
        .flatMap((thread) => ada.sees(thread))
        .find(({ buttons }) => buttons.includes("A")),
    );
    expect((await ada.press(question.message, "A").answer()).text).toContain("You chose");
    return question.message;
  };
  try {
    await bot.printed(/ready: discord/);
    const gone = await play(world.study);
    const stays = await play(other);
    upheaval.outage(other.guild ?? world.guild);
    upheaval.removeBot(world.guild);
    // Its people still see the buttons for a moment.
    expect((await ada.press(gone, "B").answer()).text).toMatch(/\S/);
    expect((await ada.press(stays, "B").answer()).text).toContain("You changed to");
    bot.child.kill("SIGTERM");
    expect(await bot.ended).toMatchObject({ status: 0, stderr: "" });
  } finally {
    bot.child.kill("SIGKILL");
    await bot.ended;
    await discord.stop();
  }
  const kept = readKept(dataDir);
  expect(kept.rounds.map(({ workspace }) => workspace)).toEqual([`discord:${other.guild?.id}`]);
  expect(kept.answers.map(({ round }) => round)).toEqual(kept.rounds.map(({ id }) => id));
  expect(discord.verdict()).toEqual([]);
});
