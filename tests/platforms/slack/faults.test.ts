import { describe, expect, it } from "vitest";
import { UnreachableError } from "../../../src/core/platform.ts";
import { button, controls, press, reply, text } from "../../../src/core/reply.ts";
import { createSlack } from "../../../src/platforms/slack/index.ts";
import { silentLog } from "../../../src/core/log.ts";
import { wordsOf } from "../../harness/slack/actor.ts";
import { startFakeSlack } from "../../harness/slack/fake-slack.ts";
import type { SlackMessage } from "../../harness/slack/world.ts";
import { type Gates, testApp } from "./commands.ts";
import { connectSlack } from "./setup.ts";

const says = (pattern: RegExp) => (message: SlackMessage) => pattern.test(wordsOf(message.blocks));

describe("events that come twice, late or not at all", () => {
  it("answers an event once, however often it is delivered", async () => {
    const app = testApp();
    const { fake, ada, channel } = await connectSlack(app, "socket");
    const said = await ada.mention(channel, "once", { eventId: "Ev1" });
    const inner = { type: "app_mention", user: ada.id, text: said.text, ts: said.ts, channel };
    await ada.event(inner, "Ev1");
    // The same message under another event id, as when an app hears messages and mentions.
    await ada.event(inner, "Ev2");
    await ada.mention(channel, "twice");
    await fake.world.until(() => ada.sees(channel).find(says(/asked: twice/)));
    expect(app.asked).toHaveLength(2);
    expect(app.asked[0]?.caller.event).toBe(`slack:message:${fake.team.id}:${channel}:${said.ts}`);
  });

  it("answers a press once when the same interaction comes again", async () => {
    const app = testApp();
    const { fake, ada, channel } = await connectSlack(app, "socket");
    await ada.mention(channel, "menu");
    const menu = await fake.world.until(() => ada.sees(channel).find(says(/Choose/)));
    const block = menu.blocks.find(({ type }) => type === "actions");
    const payload = {
      type: "block_actions",
      trigger_id: ada.trigger(),
      channel: { id: channel },
      container: { type: "message", message_ts: menu.ts, channel_id: channel, thread_ts: menu.thread },
      message: { ts: menu.ts, thread_ts: menu.thread },
      actions: [{ ...(block?.elements as object[])[0], block_id: "b", type: "button", action_ts: "1.1" }],
    };
    await ada.interact(payload);
    await ada.interact(payload);
    await ada.slash(channel, "help");
    await fake.world.until(() => ada.sees(channel).find(says(/Help/)));
    expect(app.asked.filter(({ command }) => command === "echo")).toHaveLength(1);
  });

  it("does not talk to bots, to itself, about edits, or about messages without words", async () => {
    const app = testApp();
    const { fake, ada, channel } = await connectSlack(app, "socket");
    await ada.dm("I am a bot", { botId: "B0OTHER" });
    await ada.dm("changed", { subtype: "message_changed" });
    await ada.event({ type: "app_mention", user: ada.id, bot_id: "B0OTHER", text: `<@${fake.team.botUser}> hello`, ts: "1.1", channel });
    await ada.event({ type: "message", channel_type: "im", user: fake.team.botUser, text: "mine", ts: "1.2", channel: ada.direct().id });
    await ada.dm("");
    await fake.world.until(() => ada.sees(ada.direct().id).find(says(/Write your question/)));
    expect(app.asked).toEqual([]);
    expect(ada.sees(ada.direct().id)).toHaveLength(1);
  });

  it("opens a form within three seconds and says what to do when that was too late", async () => {
    const { fake, ada, channel } = await connectSlack(testApp(), "socket", { fake: { triggerMs: -1 } });
    await ada.slash(channel, "menu");
    const menu = await fake.world.until(() => ada.sees(channel).find(says(/Choose/)));
    await ada.press(menu, "Write");
    await fake.world.until(() => ada.sees(channel).find(says(/three seconds/)));
    expect(fake.calls("views.open").map(({ error }) => error)).toEqual(["expired_trigger_id"]);
  });

  it("answers controls it does not know in words", async () => {
    const { fake, ada, channel } = await connectSlack(testApp(), "socket");
    const forged = [
      { action_id: "press:0", value: "v9:quiz answer?round=1", type: "button" },
      { action_id: "press:0", value: "v1:drop table?x=1", type: "button" },
      { action_id: "ask:0", value: "{not json", type: "button" },
      { action_id: "select:0:said:v0:old", type: "static_select", selected_option: { value: "1" } },
      { action_id: "whatever", type: "button" },
      { action_id: `press:${"x".repeat(200)}`, value: "v1:echo?said=1&__proto__=2", type: "button" },
    ];
    for (const action of forged) {
      await ada.interact({
        type: "block_actions",
        trigger_id: ada.trigger(),
        response_url: ada.responseUrl(channel),
        channel: { id: channel },
        container: { type: "message", message_ts: "1.1", channel_id: channel, is_ephemeral: true },
        actions: [{ ...action, block_id: "b", action_ts: fake.world.ts() }],
      });
    }
    await fake.world.until(() => ada.sees(channel).length === forged.length);
    const words = ada.sees(channel).map(({ blocks }) => wordsOf(blocks));
    expect(words.filter((said) => /another version of me/.test(said))).toHaveLength(4);
    expect(words.filter((said) => /There is no command/.test(said))).toHaveLength(1);
    await ada.interact({ type: "view_submission", trigger_id: ada.trigger(), view: { id: "V1", callback_id: "ask", type: "modal", private_metadata: "{}", state: { values: {} } } });
    await fake.world.until(() => ada.sees(ada.direct().id).find(says(/another version of me/)));
  });

  it("works with buttons from before a restart, and from other people", async () => {
    const { fake, slack, channel, bob } = await connectSlack(testApp(), "socket");
    await slack.post({ platform: "slack", workspace: fake.team.id, channel }, reply(text("Old"), controls(button("More", press("more")))));
    await slack.stop();
    await fake.world.until(() => fake.delivery.sockets.size === 0);
    const again = createSlack({ botToken: fake.team.botToken, appToken: fake.appToken, apiUrl: fake.apiUrl, log: silentLog });
    await again.start(testApp());
    const old = bob.sees(channel)[0] as SlackMessage;
    await bob.press(old, "More");
    await fake.world.until(() => bob.sees(channel).find(says(/There is more/)));
    await again.stop();
  });
});

describe("a connection that breaks", () => {
  it("comes back when Slack asks for it, and when the socket is cut, without losing an event", async () => {
    const { fake, ada, channel } = await connectSlack(testApp(), "socket");
    for (const [index, break_] of [() => fake.delivery.refresh("refresh_requested"), () => fake.delivery.refresh("warning"), () => fake.delivery.cut()].entries()) {
      const before = fake.delivery.connections;
      break_();
      await fake.world.until(() => fake.delivery.connections > before && fake.delivery.sockets.size === 1, "the next socket");
      await ada.mention(channel, `after break ${index}`);
      await fake.world.until(() => ada.sees(channel).find(says(new RegExp(`asked: after break ${index}`))));
    }
  });

  it("keeps trying while Slack refuses new connections", async () => {
    const { fake, ada, channel } = await connectSlack(testApp(), "socket");
    fake.fail("apps.connections.open", { status: 500 }, { cut: true }, { error: "internal_error" });
    fake.delivery.cut();
    await fake.world.until(() => fake.calls("apps.connections.open").length === 5 && fake.delivery.sockets.size === 1);
    await ada.mention(channel, "are you back?");
    await fake.world.until(() => ada.sees(channel).find(says(/asked: are you back/)));
  });

  it("answers what arrives while there is no socket", async () => {
    const { fake, ada, channel } = await connectSlack(testApp(), "socket");
    const hold = Promise.withResolvers<void>();
    fake.fail("apps.connections.open", { holdUntil: hold.promise });
    fake.delivery.cut();
    await fake.world.until(() => fake.delivery.sockets.size === 0);
    const said = ada.mention(channel, "in the gap");
    hold.resolve();
    await said;
    await fake.world.until(() => ada.sees(channel).find(says(/asked: in the gap/)));
  });
});

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
});

describe("starting and stopping", () => {
  it("says in words which token Slack does not accept", async () => {
    const fake = await startFakeSlack();
    const common = { apiUrl: fake.apiUrl, log: silentLog };
    await expect(createSlack({ ...common, botToken: "xoxb-wrong", appToken: fake.appToken }).start(testApp())).rejects.toThrow(/SLACK_BOT_TOKEN \(invalid_auth\)/);
    await expect(createSlack({ ...common, botToken: fake.team.botToken, appToken: "xapp-wrong" }).start(testApp())).rejects.toThrow(/SLACK_APP_TOKEN/);
    await expect(createSlack({ ...common, botToken: fake.team.botToken }).start(testApp())).rejects.toThrow(/SLACK_APP_TOKEN.*SLACK_SIGNING_SECRET/);
    await fake.stop();
  });

  it("finishes what it is doing, and takes nothing new, when it stops", async () => {
    const gates: Gates = { first: Promise.withResolvers(), second: Promise.withResolvers() };
    const { fake, slack, ada, bob, channel } = await connectSlack(testApp(gates), "http", { streaming: false });
    await ada.mention(channel, "show");
    const live = await fake.world.until(() => ada.sees(channel).find(says(/Running now/)));
    const stopped = slack.stop();
    await bob.slash(channel, "secret");
    await fake.world.until(() => bob.sees(channel).find(says(/being restarted/)));
    gates.first?.resolve();
    gates.second?.resolve();
    await stopped;
    expect(says(/Both are done/)(live)).toBe(true);
  });

  it("refuses requests that Slack did not sign, and old ones", async () => {
    const app = testApp();
    const { fake } = await connectSlack(app, "http");
    const body = JSON.stringify({ type: "event_callback", event: { type: "app_mention" } });
    const now = Math.floor(Date.now() / 1000);
    expect(await fake.delivery.sendRaw(body, {})).toBe(401);
    expect(await fake.delivery.sendRaw(`${body} `, fake.delivery.sign(body))).toBe(401);
    expect(await fake.delivery.sendRaw(body, fake.delivery.sign(body, now - 600))).toBe(401);
    const hello = JSON.stringify({ type: "url_verification", challenge: "c" });
    expect(await fake.delivery.sendRaw(hello, fake.delivery.sign(hello))).toBe(200);
    expect(app.asked).toEqual([]);
  });

  it("deletes what is known of a workspace when it removes the app, once", async () => {
    const gone: string[] = [];
    const { fake, ada } = await connectSlack(testApp(), "socket", { onUninstall: async (workspace) => void gone.push(workspace) });
    await ada.event({ type: "tokens_revoked", tokens: { bot: [fake.team.botUser] } });
    await ada.event({ type: "app_uninstalled" });
    await ada.mention(fake.channel.id, "still there?");
    await fake.world.until(() => ada.sees(fake.channel.id).length > 0);
    expect(gone).toEqual([fake.team.id]);
  });
});
