import { describe, expect, it } from "vitest";
import { z } from "zod";
import { controls, press, reply, text } from "../../../src/core/reply.ts";
import { ask, command, slow, solo, stage } from "./fixture.ts";

const word = z.string().default("");

describe("answers on Discord", () => {
  it("goes on in the same private message while a flow lasts, and starts another for something else", async () => {
    const { discord } = await stage([ask, ...solo]);
    const ada = discord.as("Ada");
    const question = await ada.slash("quiz solo").answer();
    const verdict = await ada.press(question.message, "A").answer();
    expect(verdict).toMatchObject({ text: "Correct", private: true });
    expect(verdict.message).toBe(question.message);
    const explained = await ada.press(verdict.message, "Explain").answer();
    expect(explained.text).toBe("You asked: why");
    expect(ada.sees().map((one) => one.text)).toEqual(["Correct", "You asked: why"]);
  });

  it("never changes a public message for one person's press", async () => {
    const { discord } = await stage([ask, ...solo]);
    const ada = discord.as("Ada");
    const answer = await ada.answerTo(ada.mention("ask what?"));
    const pressed = await discord.as("Lin").press(answer.message, "Quiz me").answer();
    expect(pressed).toMatchObject({ text: "Question about all", private: true });
    expect(answer.message.edits).toBe(0);
  });

  it("keeps direct messages as ordinary messages", async () => {
    const { discord } = await stage([ask, ...solo]);
    const ada = discord.as("Ada");
    const question = await ada.slash("quiz solo", {}, { in: ada.direct() }).answer();
    expect(question.private).toBe(false);
    const verdict = await ada.press(question.message, "A").answer();
    expect(verdict.message).toBe(question.message);
  });

  it("says that it is thinking while an answer takes long, then puts the answer there", async () => {
    const late = slow("late");
    const { discord } = await stage([late.command]);
    const asked = discord.as("Ada").slash("late");
    const thinking = await discord.world.until(() => asked.exchange.original);
    expect(thinking.loading).toBe(true);
    late.say("at last");
    expect(await asked.answer()).toMatchObject({ text: "at last", private: true });
  });

  it("shows a slow answer for the channel to everybody, and tells the asker so", async () => {
    const late = slow("late", "channel");
    const { discord } = await stage([late.command]);
    const asked = discord.as("Ada").slash("late");
    await discord.world.until(() => asked.exchange.original);
    late.say("for all");
    expect(await asked.followUp()).toMatchObject({ text: "for all", private: false });
    expect(await asked.answer()).toMatchObject({
      text: "The answer stands in the channel, for everybody.",
      private: true,
    });
  });

  it("shows the typing sign while a mention waits", async () => {
    const late = slow("late");
    const { discord } = await stage([late.command]);
    const ada = discord.as("Ada");
    const mention = ada.mention("late");
    await discord.world.until(() => discord.requests.some(({ path }) => path.endsWith("/typing")));
    late.say("here");
    expect((await ada.answerTo(mention)).text).toBe("here");
  });

  it("edits one message while a command goes on, and ends with its last reply", async () => {
    const gate = Promise.withResolvers<void>();
    const show = command({
      name: "show",
      async *run() {
        yield reply(text("step 1"));
        await gate.promise;
        yield reply(text("step 2"));
        yield reply(text("done"));
      },
    });
    const { discord } = await stage([show]);
    const ada = discord.as("Ada");
    const asked = ada.slash("show");
    expect((await asked.answer()).text).toBe("step 1");
    const mention = ada.mention("show");
    const answer = await ada.answerTo(mention);
    gate.resolve();
    await discord.world.until(() => ada.sees().filter((one) => one.text === "done").length === 2);
    expect((await asked.answer()).message.onlyFor).toBe(ada.user);
    expect(answer.message.answers).toBe(mention);
  });

  it("keeps a private answer to a mention for its asker", async () => {
    const { discord } = await stage([ask, ...solo]);
    const ada = discord.as("Ada");
    const offer = await ada.answerTo(ada.mention("quiz solo layers"));
    expect(offer).toMatchObject({ buttons: ["Show it to me"], private: false });
    expect(offer.text).not.toContain("Question");
    const other = await discord.as("Lin").press(offer.message, "Show it to me").answer();
    expect(other.text).toContain("belongs to the person who asked");
    const shown = await ada.press(offer.message, "Show it to me").answer();
    expect(shown.private).toBe(true);
    expect((await ada.press(shown.message, "A").answer()).message).toBe(shown.message);
  });

  it("asks for text in a window with the control's title, and with its label after a restart", async () => {
    const offer = command({
      name: "offer",
      run: () =>
        reply(
          text("?"),
          controls({
            kind: "ask",
            label: "Add a comment",
            press: press("ask"),
            fills: "question",
            title: "What should the instructor know?",
            multiline: true,
          }),
        ),
    });
    const { discord, restart } = await stage([ask, offer]);
    const ada = discord.as("Ada");
    const message = (await ada.slash("offer").answer()).message;
    expect((await ada.press(message, "Add a comment").modal()).title).toBe("What should the instructor know?");
    await restart();
    const opened = ada.press(message, "Add a comment");
    expect((await opened.modal()).title).toBe("Add a comment");
    const text4000 = "x".repeat(4000);
    expect((await (await ada.submit(opened, text4000)).answer()).text).toContain("You asked: xxx");
  });

  it("offers choices while an option is typed, at most 25", async () => {
    const many = command({
      name: "concept",
      options: z.object({ name: z.string().min(1) }),
      complete: {
        name: (typed) =>
          Array.from({ length: 30 }, (_, at) => ({ label: `${typed} ${at} ${"x".repeat(120)}`, value: String(at) })),
      },
      run: ({ name }) => reply(text(`Card ${String(name)}`)),
    });
    const { discord } = await stage([many, ...solo]);
    const choices = await discord.as("Ada").complete("concept", "name", "lay").choices();
    expect(choices.length).toBe(25);
    expect(choices[0]?.name).toMatch(/^lay 0 x+…$/);
    expect(await discord.as("Ada").complete("quiz solo", "topic", "l").choices()).toEqual([
      { name: "Layers", value: "layers" },
    ]);
  });

  it("explains a message from its menu, and quizzes on what it is about", async () => {
    const concept = command({
      name: "concept",
      options: z.object({ name: word }),
      complete: { name: (typed) => (typed.includes("layer") ? [{ label: "Layers", value: "layers" }] : []) },
      run: () => reply(text("")),
    });
    const { discord } = await stage([ask, concept, ...solo]);
    const ada = discord.as("Ada");
    const said = discord.as("Lin").say("my image has so many layers, why?");
    expect((await ada.menu("Explain this", said).answer()).text).toBe("You asked: my image has so many layers, why?");
    expect((await ada.menu("Quiz me on this", said).answer()).text).toBe("Question about layers");
    const answer = await ada.answerTo(ada.mention("ask something"));
    expect((await ada.menu("Explain this", answer.message).answer()).text).toContain("You asked: something");
    const silent = discord.as("Lin").say("");
    expect((await ada.menu("Explain this", silent).answer()).text).toContain("no words");
  });
});
