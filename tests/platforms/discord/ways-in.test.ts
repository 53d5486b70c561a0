import { describe, expect, it } from "vitest";
import { z } from "zod";
import { button, controls, heading, press, privately, reply, text } from "../../../src/core/reply.ts";
import { command, stage } from "./fixture.ts";

const ask = command({
  name: "ask",
  options: z.object({
    question: z.string().min(1).describe("Your question"),
    share: z.enum(["yes", "no"]).default("no"),
  }),
  positional: ["question"],
  run: ({ question, share }, { person }) => ({
    ...reply(
      heading("Answer"),
      text(`${person.name} asked: ${String(question)}`),
      controls(button("More", press("more", { of: "layers" }))),
    ),
    ...(share === "yes" && { audience: "channel" as const }),
  }),
});
const more = command({
  name: "more",
  options: z.object({ of: z.string() }),
  run: ({ of }) => reply(text(`More about ${String(of)}`)),
});

describe("ways to the bot on Discord", () => {
  it("answers a slash command privately, and in public when the reply is for the channel", async () => {
    const { discord } = await stage([ask, more]);
    const ada = discord.as("Ada");
    const answer = await ada.slash("ask", { question: "what is a layer?" }).answer();
    expect(answer.text).toBe("## Answer\nAda asked: what is a layer?");
    expect(answer.private).toBe(true);
    expect(discord.as("Lin").sees()).toEqual([]);
    const shared = await ada.slash("ask", { question: "hi", share: "yes" }).answer();
    expect(shared.private).toBe(false);
    expect(
      discord
        .as("Lin")
        .sees()
        .map((one) => one.text),
    ).toEqual(["## Answer\nAda asked: hi"]);
  });

  it("answers a press on a button for the presser only", async () => {
    const { discord } = await stage([ask, more]);
    const ada = discord.as("Ada");
    const mention = ada.mention("what is an image?");
    const answer = await ada.answerTo(mention);
    expect(answer.text).toContain("what is an image?");
    expect(answer.private).toBe(false);
    const pressed = await discord.as("Lin").press(answer.message, "More").answer();
    expect(pressed).toMatchObject({ text: "More about layers", private: true });
    expect(() => ada.press(pressed.message, "More")).toThrow("somebody else's");
  });

  it("answers direct messages and replies with a ping", async () => {
    const { discord } = await stage([
      ask,
      more,
      command({ name: "secret", run: () => privately(reply(text("psst"))) }),
    ]);
    const ada = discord.as("Ada");
    expect((await ada.answerTo(ada.dm("what is a tag?"))).text).toContain("Ada asked: what is a tag?");
    expect((await ada.answerTo(ada.dm("secret"))).text).toBe("psst");
    const first = await ada.answerTo(ada.mention("one"));
    const lin = discord.as("Lin");
    expect((await lin.answerTo(lin.reply(first.message, "two"))).text).toContain("Lin asked: two");
  });
});
