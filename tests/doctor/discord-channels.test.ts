import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { commands } from "../../commands/index.ts";
import { checkDiscord } from "../../src/platforms/discord/doctor/check-discord.ts";
import { type FakeDiscord, startFakeDiscord } from "../harness/discord/fake-discord.ts";
import { bits } from "../harness/discord/permissions.ts";
import { roleOf } from "../harness/discord/world.ts";

let discord: FakeDiscord;
beforeEach(async () => {
  discord = await startFakeDiscord();
});
afterEach(async () => {
  await discord.stop();
  expect(discord.problems).toEqual([]);
});

async function look() {
  const environment = { DISCORD_TOKEN: discord.token, DISCORD_API_URL: discord.apiUrl };
  const findings = await checkDiscord({
    config: environment,
    environment,
    commands,
    now: Date.now,
    heard() {},
  });
  return findings.filter(({ name }) => name === "discord channels");
}

describe("the check of Discord's channels", () => {
  it("is content when no channel takes anything away", async () => {
    expect(await look()).toEqual([
      { name: "discord channels", state: "ok", found: "everything it needs in each of the 1 channels it can see" },
    ]);
  });

  it("names each channel that takes something away, and what, and says how to mend it", async () => {
    const { world } = discord;
    world.study.denied = bits.attach | bits.createPublicThreads;
    world.addChannel({ type: 0, name: "fine", guild: world.guild });
    world.addChannel({ type: 15, name: "ideas", guild: world.guild }).denied = bits.sendInThreads | bits.send;
    expect(await look()).toMatchObject([
      {
        state: "warn",
        found: "in #study of Cooking School the bot lacks Attach Files, Create Public Threads",
        mend: expect.stringMatching(/#study, Edit Channel, Permissions.*allow Attach Files, Create Public Threads/),
      },
      { found: "in #ideas of Cooking School the bot lacks Send Messages in Threads" },
    ]);
  });

  it("counts what the bot's role and the bot itself are given back", async () => {
    const { world } = discord;
    const { bot, study } = world;
    study.denied = bits.attach | bits.history | bits.send;
    study.overwrites = [
      { id: roleOf(bot), type: 0, allow: bits.attach | bits.history, deny: 0n },
      { id: bot.id, type: 1, allow: 0n, deny: bits.history },
    ];
    const [finding] = await look();
    expect(finding?.found).toBe("in #study of Cooking School the bot lacks Send Messages, Read Message History");
  });

  it("leaves out channels that the bot is kept out of, and servers where it is an administrator", async () => {
    const { world } = discord;
    world.study.denied = bits.view | bits.send;
    expect(await look()).toMatchObject([{ state: "ok" }]);
    world.study.denied = bits.send;
    world.guild.members.set(world.bot.id, bits.administrator);
    expect(await look()).toMatchObject([{ state: "ok" }]);
  });

  it("names twenty channels and counts the rest", async () => {
    const { world } = discord;
    for (let at = 0; at < 23; at += 1) {
      world.addChannel({ type: 0, name: `quiet-${at}`, guild: world.guild }).denied = bits.send;
    }
    const findings = await look();
    expect(findings.length).toBe(21);
    expect(findings.at(-1)?.found).toBe("3 more channels lack something");
  });
});
