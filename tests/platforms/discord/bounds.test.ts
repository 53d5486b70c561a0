import { describe, expect, it } from "vitest";
import { controls, press, type Reply, reply, text } from "../../../src/core/reply.ts";
import { ask, command, slow, stage } from "./fixture.ts";

describe("the bounds of the bot on Discord", () => {
  it("posts quietly, and edits a post in a thread that was archived meanwhile", async () => {
    const { discord, platform } = await stage([ask]);
    const { world } = discord;
    const place = { platform: "discord", workspace: world.guild.id, channel: world.study.id };
    const post = await platform.post(place, reply(text("Quiz")), { key: "quiz:1" });
    expect(world.messages.get(post.id)?.flags).toBe((1 << 15) | (1 << 12));
    const thread = await platform.openThread(post, "Quiz on layers");
    const question = await platform.post(thread, reply(text("Question 1")), { key: "quiz:1:q0" });
    const channel = world.channels.get(thread.thread ?? "");
    if (channel) channel.archived = true;
    await platform.edit(question, reply(text("Answer")));
    expect(
      discord
        .as("Ada")
        .sees(channel)
        .map((one) => one.text),
    ).toEqual(["Answer"]);
  });

  it("asks a person who wants too much at once to wait", async () => {
    const { discord } = await stage([ask]);
    const ada = discord.as("Ada");
    const answers = await Promise.all(Array.from({ length: 40 }, () => ada.slash("ask", { question: "hi" }).answer()));
    expect(answers.filter((one) => one.text.startsWith("That was a lot at once")).length).toBe(10);
    expect((await discord.as("Lin").slash("ask", { question: "hi" }).answer()).text).toBe("You asked: hi");
  });

  it("ends what is under way before it stops, and starts nothing new", async () => {
    const late = slow("late");
    const { discord, platform } = await stage([late.command, ask]);
    const ada = discord.as("Ada");
    const asked = ada.slash("late");
    await discord.world.until(() => asked.exchange.original);
    const stopped = platform.stop();
    const refused = await ada.slash("ask", { question: "hi" }).answer();
    expect(refused.text).toContain("I am being restarted");
    late.say("finished");
    expect((await asked.answer()).text).toBe("finished");
    await stopped;
    await discord.world.until(() => discord.gateway.open() === 0);
  });

  it("shows a reply that breaks on its way as words", async () => {
    const broken = command({
      name: "broken",
      run: (): Reply =>
        reply(
          controls({
            kind: "select",
            placeholder: "x",
            press: press("ask", { question: "y".repeat(80) }),
            fills: "a".repeat(20),
            choices: [{ label: "1", value: "1" }],
          }),
        ),
    });
    const { discord, logged } = await stage([broken]);
    expect((await discord.as("Ada").slash("broken").answer()).text).toContain("Something went wrong on my side");
    expect(logged.map(({ event }) => event)).toEqual(["answer not shown"]);
  });
});
