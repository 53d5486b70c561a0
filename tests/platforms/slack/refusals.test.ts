import { describe, expect, it } from "vitest";
import { UnreachableError } from "../../../src/core/platform.ts";
import { reply, text } from "../../../src/core/reply.ts";
import { wordsOf } from "../../harness/slack/reading.ts";
import type { SlackMessage } from "../../harness/slack/world.ts";
import type { Gates } from "./commands.ts";
import { connectSlack } from "./setup.ts";
import { testApp } from "./test-app.ts";

const says = (pattern: RegExp) => (message: SlackMessage) => pattern.test(wordsOf(message.blocks));

describe("a Slack that is slow or refuses", () => {
  it("waits for its own turn after a 429, and nobody else does", async () => {
    const { fake, ada, bob, channel } = await connectSlack(testApp(), "http");
    fake.fail("chat.postMessage", { status: 429, retryAfter: 2 });
    await ada.mention(channel, "first");
    await fake.world.until(() => fake.calls("chat.postMessage").length === 1);
    await bob.mention(channel, "second");
    await fake.world.until(() => bob.sees(channel).find(says(/asked: second/)));
    expect(bob.sees(channel).some(says(/asked: first/))).toBe(false);
    await fake.world.until(() => bob.sees(channel).find(says(/asked: first/)));
  });

  it("tries again after 5xx and cut connections, and answers once", async () => {
    const { fake, ada, channel } = await connectSlack(testApp(), "http");
    fake.fail("chat.postMessage", { status: 503 }, { cut: true });
    await ada.mention(channel, "what is an image?");
    await fake.world.until(() => ada.sees(channel).find(says(/asked: what is an image/)));
    expect(fake.calls("chat.postMessage").map(({ error }) => error)).toEqual(["503", "cut", undefined]);
  });

  it("finds another way to the asker when the response_url is gone", async () => {
    const { fake, ada, channel } = await connectSlack(testApp(), "socket");
    fake.fail("response_url", { status: 404 });
    await ada.slash(channel, "secret");
    const answer = await fake.world.until(() => ada.sees(channel).find(says(/Only for ada/)));
    expect(answer.onlyFor).toBe(ada.id);
    fake.fail("response_url", { status: 500 });
    fake.fail("chat.postEphemeral", { error: "user_not_in_channel" });
    await ada.slash(channel, "secret");
    await fake.world.until(() => ada.sees(ada.direct().id).find(says(/Only for ada/)));
  });

  it("goes on in the same message when Slack ends a live plan early", async () => {
    const gates: Gates = { first: Promise.withResolvers(), second: Promise.withResolvers() };
    const { fake, ada, channel } = await connectSlack(testApp(gates), "socket");
    await ada.mention(channel, "show");
    const live = await fake.world.until(() => ada.sees(channel).find(({ streaming }) => streaming));
    delete live.streaming;
    gates.first?.resolve();
    await fake.world.until(() => says(/Running now: Start two/)(live));
    gates.second?.resolve();
    await fake.world.until(() => says(/Both are done/)(live));
  });

  it("names nobody and does without what is not granted: names, prompts, status", async () => {
    const app = testApp({ first: Promise.withResolvers() });
    const { fake, ada, mia, channel } = await connectSlack(app, "socket", {
      fake: { scopes: ["app_mentions:read", "chat:write", "commands", "files:write", "im:history", "im:write"] },
    });
    await ada.mention(channel, "what is an image?");
    await fake.world.until(() => ada.sees(channel).find(says(/learner asked: what is an image/)));
    await mia.slash(channel, "mods");
    await fake.world.until(() => mia.sees(channel).find(says(/Only instructors/)));
    await ada.openMessages();
    await ada.openMessages();
    await ada.openHome();
    await fake.world.until(() => ada.home());
    expect(fake.calls("users.info")).toHaveLength(1);
    expect(fake.calls("assistant.threads.setSuggestedPrompts").length).toBeLessThanOrEqual(2);
  });

  it("shows that it is working when the answer takes a while", async () => {
    const gates: Gates = { first: Promise.withResolvers(), second: Promise.withResolvers() };
    const { fake, ada, channel } = await connectSlack(testApp(gates), "socket", { statusAfterMs: 0, streaming: false });
    const said = await ada.mention(channel, "show");
    await fake.world.until(() => fake.team.statuses.find(({ thread }) => thread === said.ts));
    gates.first?.resolve();
    gates.second?.resolve();
    await fake.world.until(() => ada.sees(channel).find(says(/Both are done/)));
  });

  it("tells a place that is gone from one that will answer later", async () => {
    const { fake, slack, channel } = await connectSlack(testApp(), "socket");
    const place = { platform: "slack", workspace: fake.team.id, channel };
    const ref = await slack.post(place, reply(text("Here")));
    for (const error of ["channel_not_found", "is_archived", "not_in_channel", "account_inactive", "token_revoked"]) {
      fake.fail("chat.postMessage", { error });
      await expect(slack.post(place, reply(text("?")))).rejects.toThrow(UnreachableError);
    }
    for (const error of ["message_not_found", "cant_update_message", "edit_window_closed"]) {
      fake.fail("chat.update", { error });
      await expect(slack.edit(ref, reply(text("?")))).rejects.toThrow(UnreachableError);
    }
    fake.fail("chat.postMessage", { status: 503 });
    await expect(slack.post(place, reply(text("?")))).rejects.not.toThrow(UnreachableError);
  });

  it("finds what it posted before a crash where it may read, and nowhere else", async () => {
    const { fake, slack, ada, channel } = await connectSlack(testApp(), "socket");
    const direct = { platform: "slack", workspace: fake.team.id, channel: ada.direct().id, direct: true };
    const first = await slack.post(direct, reply(text("News")), { key: "k1" });
    const second = await slack.post(direct, reply(text("News")), { key: "k1", maybeSent: true });
    expect(second).toEqual(first);
    expect(ada.sees(direct.channel)).toHaveLength(1);
    const thread = await slack.openThread(first, "Thread");
    const inThread = await slack.post(thread, reply(text("Below")), { key: "k2" });
    expect(await slack.post(thread, reply(text("Below")), { key: "k2", maybeSent: true })).toEqual(inThread);
    const place = { platform: "slack", workspace: fake.team.id, channel };
    await slack.post(place, reply(text("Public")), { key: "k3", maybeSent: true });
    await slack.post(place, reply(text("Public")), { key: "k4", maybeSent: true });
    expect(fake.calls("conversations.history").filter(({ error }) => error === "missing_scope")).toHaveLength(1);
  });

  it("holds up one person who asks too much, with a sentence, and nobody else", async () => {
    const app = testApp();
    const { fake, ada, bob, channel } = await connectSlack(app, "http", { throttle: { points: 3, duration: 60 } });
    for (let at = 0; at < 5; at++) await ada.slash(channel, "secret");
    await fake.world.until(() => ada.sees(channel).filter(says(/a lot at once/)).length === 2);
    expect(app.asked).toHaveLength(3);
    await bob.slash(channel, "secret");
    await fake.world.until(() => bob.sees(channel).find(says(/Only for bob/)));
  });

  it("shows a short reference, never a stack trace, when a command fails", async () => {
    const { fake, ada, channel } = await connectSlack(testApp(), "socket");
    await ada.mention(channel, "boom");
    const answer = await fake.world.until(() => ada.sees(channel).find(says(/Something went wrong/)));
    expect(wordsOf(answer.blocks)).not.toContain("secret detail");
    expect(answer.onlyFor).toBe(ada.id);
  });

  it("answers everybody in a busy channel under Slack's own rate limits", async () => {
    const { fake, channel } = await connectSlack(testApp(), "socket");
    fake.api.limits.on = true;
    const people = ["ada", "bob", "mia"].map((name) => fake.as(name));
    await Promise.all(people.map((actor) => actor.mention(channel, "is it my turn?")));
    const answers = () => people[0]?.sees(channel).filter(says(/is it my turn/)) ?? [];
    await fake.world.until(() => answers().length === 3);
    expect(new Set(answers().map(({ thread }) => thread)).size).toBe(3);
    expect(fake.calls("chat.postMessage").some(({ error }) => error === "ratelimited")).toBe(true);
  });

  it("tells the reason of a late failure to the asker alone and ends the message for everybody", async () => {
    const { fake, ada, bob, channel } = await connectSlack(testApp(), "socket");
    await ada.mention(channel, "halfway");
    const reason = await fake.world.until(() => ada.sees(channel).find(says(/engine is not answering/)));
    expect(reason.onlyFor).toBe(ada.id);
    expect(bob.sees(channel).map(({ blocks }) => wordsOf(blocks))).toEqual([
      "This did not finish. The reason went to the person who asked.",
    ]);
  });
});
