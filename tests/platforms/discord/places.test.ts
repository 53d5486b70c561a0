import { describe, expect, it } from "vitest";
import type { Caller } from "../../../src/core/context.ts";
import { reply, text } from "../../../src/core/reply.ts";
import { allPermissions, bits } from "../../harness/discord/permissions.ts";
import { command, solo, stage } from "./fixture.ts";

describe("places on Discord", () => {
  it("names the missing permissions before it starts what needs them", async () => {
    const start = command({ name: "quiz start", reach: "community", run: () => reply(text("Started")) });
    const { discord } = await stage([...solo, start]);
    discord.world.study.denied = bits.createPublicThreads | bits.attach;
    const refused = await discord.as("Ada").slash("quiz start").answer();
    expect(refused.text).toContain("**Attach Files**, **Create Public Threads**");
    discord.world.study.denied = 0n;
    expect((await discord.as("Ada").slash("quiz start").answer()).text).toBe("Started");
  });

  it("says in words what does not work in direct messages and where only the commands are installed", async () => {
    const start = command({ name: "quiz start", reach: "community", run: () => reply(text("Started")) });
    const { discord } = await stage([...solo, start]);
    const ada = discord.as("Ada");
    expect((await ada.answerTo(ada.dm("quiz start"))).text).toContain("works only in a server that has added me");
    const away = discord.world.addGuild("Elsewhere", false);
    const hall = discord.world.addChannel({ type: 0, name: "hall", guild: away });
    expect((await ada.slash("quiz start", {}, { in: hall }).answer()).text).toContain("works only in a server");
    expect((await ada.slash("quiz solo", {}, { in: hall }).answer()).text).toBe("Question about all");
  });

  it("takes nobody for a moderator where only the commands are installed, whatever they may do there", async () => {
    const insights = command({ name: "insights", moderator: true, run: () => reply(text("Weakest: layers")) });
    const { discord } = await stage([insights]);
    const { world } = discord;
    const away = world.addGuild("Elsewhere", false);
    const hall = world.addChannel({ type: 0, name: "hall", guild: away });
    const manager = discord.as("Manager");
    away.members.set(manager.user.id, allPermissions);
    expect((await manager.slash("insights", {}, { in: hall }).answer()).text).toContain("Only instructors");
    world.guild.members.set(manager.user.id, allPermissions);
    expect((await manager.slash("insights").answer()).text).toBe("Weakest: layers");
  });

  it("tells a command about moderators, threads and forum posts", async () => {
    const callers: Caller[] = [];
    const who = command({
      name: "who",
      run(_, context) {
        callers.push(context);
        return reply(text("seen"));
      },
    });
    const { discord } = await stage([who]);
    const { world } = discord;
    const teacher = discord.as("Teacher");
    world.makeModerator(teacher.user);
    discord.gateway.forget();
    await world.until(() => discord.gateway.counts.identified === 2);
    const forum = world.addChannel({ type: 15, name: "questions", guild: world.guild });
    const post = world.addChannel({ type: 11, name: "why?", guild: world.guild, parent: forum });
    await teacher.slash("who").answer();
    await discord.as("Ada").slash("who", {}, { in: post }).answer();
    await teacher.slash("who", {}, { in: teacher.direct() }).answer();
    expect(callers.map(({ person, place, locale }) => ({ moderator: person.moderator, place, locale }))).toEqual([
      {
        moderator: true,
        locale: "en-GB",
        place: { platform: "discord", workspace: world.guild.id, channel: world.study.id },
      },
      {
        moderator: false,
        locale: "en-GB",
        place: { platform: "discord", workspace: world.guild.id, channel: forum.id, thread: post.id },
      },
      {
        moderator: false,
        locale: "en-GB",
        place: { platform: "discord", workspace: "direct", channel: teacher.direct().id, direct: true },
      },
    ]);
  });
});
