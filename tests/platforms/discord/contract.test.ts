import { expect } from "vitest";
import { silentLog } from "../../../src/core/log.ts";
import { createDiscord } from "../../../src/platforms/discord/discord.ts";
import { platformContract } from "../../contracts/platform.ts";
import { startFakeDiscord } from "../../harness/discord/fake-discord.ts";
import type { Seen } from "../../harness/discord/seen.ts";
import { quickClient } from "./fixture.ts";

platformContract("discord", async (app) => {
  const discord = await startFakeDiscord();
  const platform = createDiscord({ token: discord.token, apiUrl: discord.apiUrl, log: silentLog, client: quickClient });
  await platform.start(app);
  const ada = discord.as("Ada");
  const { study, guild } = discord.world;
  const words = (seen: Seen): string =>
    [seen.text, ...seen.buttons, ...seen.selects.flatMap(({ options }) => options), ...seen.files].join("\n");
  const latest = (label: string) => {
    const found = ada.sees().findLast((one) => words(one).split("\n").includes(label));
    if (!found) throw new Error(`no message with ${label}`);
    return found.message;
  };
  return {
    platform,
    place: { platform: "discord", workspace: guild.id, channel: study.id },
    gone: { platform: "discord", workspace: guild.id, channel: discord.world.newId() },
    idempotent: true,
    replaces: true,
    async say(line) {
      const answer = await ada.answerTo(ada.mention(line));
      if (answer.buttons.includes("Show it to me"))
        return words(await ada.press(answer.message, "Show it to me").answer());
      return words(answer);
    },
    press: async (label) => words(await ada.press(latest(label), label).answer()),
    choose: async (label) => words(await ada.choose(latest(label), label).answer()),
    async fill(label, text) {
      const sent = await ada.submit(ada.press(latest(label), label), text);
      return words(await sent.answer());
    },
    shown: async () => ada.sees(study).map(words),
    sees: async (part) =>
      void (await discord.world.until(() => ada.sees(study).some((one) => words(one).includes(part)), part)),
    async close() {
      await platform.stop();
      await discord.stop();
      expect(discord.verdict()).toEqual([]);
    },
  };
});
