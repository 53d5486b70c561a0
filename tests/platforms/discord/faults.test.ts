import { describe, expect, it, vi } from "vitest";
import { UnreachableError } from "../../../src/core/platform.ts";
import { privately, reply, text } from "../../../src/core/reply.ts";
import { bits } from "../../harness/discord/permissions.ts";
import { command, counting, stage } from "./fixture.ts";

describe("faults on Discord", () => {
  it("takes a failing server, a broken socket and a rate limit without losing or doubling an answer", async () => {
    const { ask, asked } = counting();
    const { discord } = await stage([ask]);
    const ada = discord.as("Ada");
    const callback = /\/callback$/;
    for (const fault of [
      { with: 500 },
      { with: 502, times: 3 },
      { with: "cut" },
      { with: 429, retryAfter: 0.05 },
    ] as const) {
      discord.fail({ path: callback, ...fault });
      expect((await ada.slash("ask", { question: "hi" }).answer()).text).toBe("You asked: hi");
    }
    for (const fault of [{ with: 503 }, { with: "cut" }, { with: 429, retryAfter: 0.05, global: true }] as const) {
      discord.fail({ path: /\/messages$/, method: "POST", ...fault });
      expect((await ada.answerTo(ada.mention("hi"))).text).toBe("You asked: hi");
    }
    expect(discord.faultsLeft()).toBe(0);
    expect(asked.length).toBe(7);
    expect(ada.sees().filter((one) => one.message.author.bot).length).toBe(7);
  });

  it("knows that a try whose answer was lost has worked", async () => {
    const { ask } = counting();
    const { discord, platform, logged } = await stage([ask]);
    const ada = discord.as("Ada");
    discord.fail({ path: /\/callback$/, with: 500, after: true });
    const asked = ada.slash("ask", { question: "hi" });
    asked.exchange.excused = true;
    expect((await asked.answer()).text).toBe("You asked: hi");
    discord.fail({ path: /\/messages$/, method: "POST", with: "cut", after: true });
    await ada.answerTo(ada.mention("two"));
    const place = { platform: "discord", workspace: discord.world.guild.id, channel: discord.world.study.id };
    discord.fail({ path: /\/messages$/, method: "POST", with: 500, times: 3, after: true });
    await platform.post(place, reply(text("posted")), { key: "p" });
    await discord.world.until(() => discord.faultsLeft() === 0);
    await platform.stop();
    expect(
      ada
        .sees()
        .filter((one) => one.message.author.bot)
        .map((one) => one.text),
    ).toEqual(["You asked: hi", "You asked: two", "posted"]);
    expect(logged).toEqual([]);
  });

  it("does nothing for an interaction that came too late, and says so in the channel once", async () => {
    const { ask, asked } = counting();
    const { discord } = await stage([ask]);
    const ada = discord.as("Ada");
    ada.slash("ask", { question: "late" }, { age: 4000 });
    ada.slash("ask", { question: "late too" }, { age: 5000 });
    const notice = await discord.world.until(() => ada.sees()[0]);
    expect(notice.text).toContain("missed a command or a button here");
    expect((await ada.slash("ask", { question: "now" }).answer()).text).toBe("You asked: now");
    expect(asked).toEqual(["now"]);
    expect(ada.sees().length).toBe(2);
  });

  it("acknowledges first when there is little time left, and still answers", async () => {
    const { ask } = counting();
    const { discord } = await stage([ask]);
    const asked = discord.as("Ada").slash("ask", { question: "hurry" }, { age: 2400 });
    expect((await asked.answer()).text).toBe("You asked: hurry");
    expect(asked.exchange.answer).toBe(5);
  });

  it("answers forged and outdated controls in words", async () => {
    const { ask, asked } = counting();
    const { discord, restart } = await stage([ask]);
    const ada = discord.as("Ada");
    const message = (await ada.answerTo(ada.mention("hi"))).message;
    for (const id of [
      "v2:ask?question=x",
      "nonsense",
      "v1:",
      "s:x:y",
      "kept:1",
      "__proto__",
      "v1:ask?question=%E0%A4%A",
      `v1:${"a".repeat(97)}`,
      "a:question:v1:unknown thing",
    ]) {
      const answer = ada.forge(message, id);
      const shown = await discord.world.until(
        () => answer.exchange.answer !== undefined && (answer.exchange.original ?? answer.exchange.modal),
      );
      expect("components" in shown).toBe(true);
    }
    expect((await ada.forge(message, "v1:tell me everything").answer()).text).toContain("There is no command");
    expect((await ada.forge(message, "v1:ask?stray=1").answer()).text).toContain("has no option");
    await restart();
    expect((await ada.press(message, "Again").answer()).text).toBe("You asked: again");
    expect(asked.filter((one) => one === "again").length).toBe(1);
  });

  it("listens to people only: not to bots, not to everyone, not to what has no words", async () => {
    const { ask, asked } = counting();
    const { discord } = await stage([ask]);
    const { world } = discord;
    const ada = discord.as("Ada");
    const robot = discord.as("Robot");
    robot.user.bot = true;
    robot.mention("hello colleague");
    ada.say("@everyone look");
    ada.say("nothing for anybody");
    expect((await ada.answerTo(ada.mention(""))).text).toContain("Write your question after the mention");
    expect((await ada.answerTo(ada.mention("مرحبا 🎂 @everyone <@&1> </ask:1>"))).text).toContain(
      "You asked: مرحبا 🎂",
    );
    expect(asked.length).toBe(1);
    expect([...world.messages.values()].filter(({ author }) => author === world.bot).length).toBe(2);
  });

  it("tells the caller of a post that the place is gone or forbidden", async () => {
    const { ask } = counting();
    const { discord, platform, logged } = await stage([ask]);
    const { world } = discord;
    const place = { platform: "discord", workspace: world.guild.id, channel: world.study.id };
    const ref = await platform.post(place, reply(text("a")), { key: "a" });
    world.messages.delete(ref.id);
    await expect(platform.edit(ref, reply(text("b")))).rejects.toThrow(UnreachableError);
    await expect(platform.openThread(ref, "t")).rejects.toThrow(UnreachableError);
    world.study.denied = bits.send;
    await expect(platform.post(place, reply(text("c")), { key: "c" })).rejects.toThrow(UnreachableError);
    const ada = discord.as("Ada");
    ada.mention("are you there?");
    await vi.waitFor(() => expect(logged).toMatchObject([{ level: "warn", event: "message not answered" }]));
    // Commands still work, since their answers need no permission.
    expect((await ada.slash("ask", { question: "hi" }).answer()).text).toBe("You asked: hi");
    world.channels.delete(world.study.id);
    await expect(platform.post(place, reply(text("d")), { key: "d" })).rejects.toThrow(UnreachableError);
  });

  it("lets a failure that may pass be tried again by the caller", async () => {
    const { discord, platform } = await stage([]);
    const place = { platform: "discord", workspace: discord.world.guild.id, channel: discord.world.study.id };
    discord.fail({ path: /\/messages$/, method: "POST", with: 500, times: 16 });
    const failed = await platform.post(place, reply(text("a")), { key: "a" }).catch((error: unknown) => error);
    expect(failed).not.toBeInstanceOf(UnreachableError);
    expect(failed).toMatchObject({ status: 500 });
    await platform.post(place, reply(text("a")), { key: "a", maybeSent: true });
    expect(discord.as("Ada").sees().length).toBe(1);
  });

  it("goes on when a private message was dismissed while its command ran", async () => {
    const gate = Promise.withResolvers<void>();
    let ended = false;
    const show = command({
      name: "show",
      async *run() {
        try {
          yield privately(reply(text("1")));
          await gate.promise;
          yield privately(reply(text("2")));
          yield privately(reply(text("3")));
        } finally {
          ended = true;
        }
      },
    });
    const { discord, platform, logged } = await stage([show]);
    const shown = await discord.as("Ada").slash("show").answer();
    discord.world.messages.delete(shown.message.id);
    gate.resolve();
    await platform.stop();
    expect(ended).toBe(true);
    expect(logged).toEqual([]);
  });

  it("says in words what is wrong with a token, an address and a server", async () => {
    await expect(stage([], { token: "not.a.token" })).rejects.toThrow(/does not accept DISCORD_TOKEN/);
    await expect(stage([], { apiUrl: "http://127.0.0.1:9/api" })).rejects.toThrow(
      /cannot be reached at http:\/\/127\.0\.0\.1:9/,
    );
    const { ask } = counting();
    const { discord, logged } = await stage([ask], { guildId: "100000000000000001" });
    expect(logged).toMatchObject([{ event: expect.stringContaining("commands not registered; they are tried again") }]);
    const ada = discord.as("Ada");
    expect((await ada.answerTo(ada.mention("hi"))).text).toBe("You asked: hi");
  });
});
