import { describe, expect, it } from "vitest";
import { silentLog } from "../../../src/core/log.ts";
import { button, controls, press, reply, text } from "../../../src/core/reply.ts";
import { createSlack } from "../../../src/platforms/slack/slack.ts";
import { startFakeSlack } from "../../harness/slack/fake-slack.ts";
import { wordsOf } from "../../harness/slack/reading.ts";
import type { SlackMessage } from "../../harness/slack/world.ts";
import type { Gates } from "./commands.ts";
import { connectSlack } from "./setup.ts";
import { testApp } from "./test-app.ts";

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
      actions: [{ ...(block?.elements as object[] | undefined)?.[0], block_id: "b", type: "button", action_ts: "1.1" }],
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
    await ada.event({
      type: "app_mention",
      user: ada.id,
      bot_id: "B0OTHER",
      text: `<@${fake.team.botUser}> hello`,
      ts: "1.1",
      channel,
    });
    await ada.event({
      type: "message",
      channel_type: "im",
      user: fake.team.botUser,
      text: "mine",
      ts: "1.2",
      channel: ada.direct().id,
    });
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
    await ada.interact({
      type: "view_submission",
      trigger_id: ada.trigger(),
      view: { id: "V1", callback_id: "ask", type: "modal", private_metadata: "{}", state: { values: {} } },
    });
    await fake.world.until(() => ada.sees(ada.direct().id).find(says(/another version of me/)));
  });

  it("works with buttons from before a restart, and from other people", async () => {
    const { fake, slack, channel, bob } = await connectSlack(testApp(), "socket");
    await slack.post(
      { platform: "slack", workspace: fake.team.id, channel },
      reply(text("Old"), controls(button("More", press("more")))),
    );
    await slack.stop();
    await fake.world.until(() => fake.delivery.sockets.size === 0);
    const again = createSlack({
      botToken: fake.team.botToken,
      appToken: fake.appToken,
      apiUrl: fake.apiUrl,
      log: silentLog,
    });
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
    for (const [index, break_] of [
      () => fake.delivery.refresh("refresh_requested"),
      () => fake.delivery.refresh("warning"),
      () => fake.delivery.cut(),
    ].entries()) {
      const before = fake.delivery.connections;
      break_();
      await fake.world.until(
        () => fake.delivery.connections > before && fake.delivery.sockets.size === 1,
        "the next socket",
      );
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

describe("starting and stopping", () => {
  it("says in words which token Slack does not accept", async () => {
    const fake = await startFakeSlack();
    const common = { apiUrl: fake.apiUrl, log: silentLog };
    await expect(
      createSlack({ ...common, botToken: "xoxb-wrong", appToken: fake.appToken }).start(testApp()),
    ).rejects.toThrow(/SLACK_BOT_TOKEN \(invalid_auth\)/);
    await expect(
      createSlack({ ...common, botToken: fake.team.botToken, appToken: "xapp-wrong" }).start(testApp()),
    ).rejects.toThrow(/SLACK_APP_TOKEN/);
    await expect(createSlack({ ...common, botToken: fake.team.botToken }).start(testApp())).rejects.toThrow(
      /SLACK_APP_TOKEN.*SLACK_SIGNING_SECRET/,
    );
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

  it("deletes what is known of a workspace when it removes the app, whichever of the two events comes first", async () => {
    const gone: string[] = [];
    const { fake, ada } = await connectSlack(testApp(), "socket", {
      onUninstall: async (workspace) => void gone.push(workspace),
    });
    await ada.event({ type: "tokens_revoked", tokens: { bot: [fake.team.botUser] } });
    await ada.event({ type: "app_uninstalled" });
    await ada.mention(fake.channel.id, "still there?");
    await fake.world.until(() => ada.sees(fake.channel.id).length > 0);
    expect(gone).toEqual([fake.team.id, fake.team.id]);
  });
});
