import { describe, expect, it } from "vitest";
import { z } from "zod";
import type { Caller } from "../../../src/core/context.ts";
import { button, controls, press, privately, type Reply, reply, text } from "../../../src/core/reply.ts";
import { bits } from "../../harness/discord/permissions.ts";
import { command, stage } from "./fixture.ts";

const word = z.string().default("");
const ask = command({
  name: "ask",
  options: z.object({ question: word }),
  positional: ["question"],
  run: ({ question }) => reply(text(`You asked: ${String(question)}`), controls(button("Quiz me", press("quiz solo")))),
});

/** A solo flow with a step after the first. */
const solo = [
  command({
    name: "quiz solo",
    options: z.object({ topic: word }),
    positional: ["topic"],
    complete: { topic: () => [{ label: "Layers", value: "layers" }] },
    run: ({ topic }) =>
      privately(reply(text(`Question about ${String(topic) || "all"}`), controls(button("A", press("quiz pick"))))),
  }),
  command({
    name: "quiz pick",
    hidden: true,
    run: () => privately(reply(text("Correct"), controls(button("Explain", press("ask", { question: "why" }))))),
  }),
];

/** A command whose answer comes when the test says so. */
function slow(name: string, audience?: "channel") {
  const gate = Promise.withResolvers<string>();
  return {
    say: gate.resolve,
    command: command({
      name,
      run: async () => ({ ...reply(text(await gate.promise)), ...(audience && { audience }) }),
    }),
  };
}

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
