import { describe, expect, it } from "vitest";
import { z } from "zod";
import type { Person } from "../../../src/core/context.ts";
import { reply, text } from "../../../src/core/reply.ts";
import { command, counting, stage } from "./fixture.ts";

describe("what was said on Discord while nobody listened", () => {
  it("finds mentions and direct messages that a lost session swallowed, once each", async () => {
    const { ask, asked } = counting();
    const { discord, restart } = await stage([ask]);
    const { world } = discord;
    const ada = discord.as("Ada");
    await ada.answerTo(ada.mention("before"));
    await ada.answerTo(ada.dm("before too"));
    discord.gateway.forget();
    const lost = ada.mention("swallowed");
    const direct = ada.dm("swallowed too");
    ada.say("not for the bot");
    expect((await ada.answerTo(lost)).text).toBe("You asked: swallowed");
    expect((await ada.answerTo(direct)).text).toBe("You asked: swallowed too");
    discord.gateway.invalidate();
    await world.until(() => discord.gateway.counts.identified === 3);
    await ada.answerTo(ada.mention("between"));
    await restart();
    await world.until(() => discord.gateway.counts.identified === 4);
    await ada.answerTo(ada.mention("and at the end?"));
    expect(asked).toEqual(["before", "before too", "swallowed", "swallowed too", "between", "and at the end?"]);
  });

  it("answers after a restart what was said while it was down", async () => {
    const { ask, asked } = counting();
    const made = await stage([ask]);
    const ada = made.discord.as("Ada");
    await ada.answerTo(ada.mention("one"));
    await made.goDown();
    const missed = ada.mention("two");
    await made.restart();
    expect((await ada.answerTo(missed)).text).toBe("You asked: two");
    expect(asked).toEqual(["one", "two"]);
  });

  it("is answered by name and with the rights that its author has in the server", async () => {
    const people: Person[] = [];
    const ask = command({
      name: "ask",
      options: z.object({ question: z.string().default("") }),
      positional: ["question"],
      run(_, { person }) {
        people.push(person);
        return reply(text(`Hello ${person.name}`));
      },
    });
    const made = await stage([ask]);
    const { world } = made.discord;
    const [ada, lin, tom] = ["Ada", "Lin", "Tom"].map((name) => made.discord.as(name));
    if (!ada || !lin || !tom) throw new Error("nobody is there");
    world.makeModerator(ada.user);
    world.guild.nicks.set(ada.user.id, "Professor Ada");
    await made.goDown();
    const missed = [ada, lin, tom].map((one) => one.mention("hello?"));
    // Tom has left the server since.
    made.discord.fail({ path: new RegExp(`/members/${tom.user.id}$`), with: 404 });
    await made.restart();
    await Promise.all([ada, lin, tom].map((one, at) => one.answerTo(missed[at] as never)));
    const seen = people.map(({ name, moderator }) => [name, moderator]).sort();
    expect(seen).toEqual([
      ["Lin", false],
      ["Professor Ada", true],
      ["Tom", false],
    ]);
  });

  it("is answered however much of it one person said, at the pace that one person has", async () => {
    const { ask, asked } = counting();
    const made = await stage([ask], { throttle: { points: 2, seconds: 1 } });
    const ada = made.discord.as("Ada");
    await made.goDown();
    const said = ["one", "two", "three", "four", "five"];
    const missed = said.map((words) => ada.mention(words));
    await made.restart();
    for (const [at, message] of missed.entries())
      expect((await ada.answerTo(message)).text).toBe(`You asked: ${said[at]}`);
    expect([...asked].sort()).toEqual([...said].sort());
  });

  it("is left for the next start when the bot stops before its turn has come", async () => {
    const { ask, asked } = counting();
    const made = await stage([ask], { throttle: { points: 1, seconds: 600 } });
    const ada = made.discord.as("Ada");
    await made.goDown();
    const missed = [ada.mention("one"), ada.mention("two")];
    for (const [at, message] of missed.entries()) {
      await made.restart();
      expect((await ada.answerTo(message)).text).toBe(`You asked: ${["one", "two"][at]}`);
    }
    expect(asked).toEqual(["one", "two"]);
  });

  it("is found below many other messages", async () => {
    const { ask, asked } = counting();
    const made = await stage([ask]);
    const ada = made.discord.as("Ada");
    await made.goDown();
    for (let at = 0; at < 130; at += 1) ada.say(`chatter ${at}`);
    const missed = ada.mention("and the bot?");
    await made.restart();
    expect((await ada.answerTo(missed)).text).toBe("You asked: and the bot?");
    expect(asked).toEqual(["and the bot?"]);
  });
});
