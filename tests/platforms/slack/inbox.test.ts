import { describe, expect, it } from "vitest";
import type { Inbox } from "../../../src/core/inbox.ts";
import { silentLog } from "../../../src/core/log.ts";
import type { App } from "../../../src/core/platform.ts";
import { createSlack, type SlackOptions } from "../../../src/platforms/slack/slack.ts";
import { createInbox } from "../../../src/store/inbox.ts";
import type { Store } from "../../../src/store/store.ts";
import { labels, wordsOf } from "../../harness/slack/reading.ts";
import type { SlackMessage } from "../../harness/slack/world.ts";
import { createOpener, freshFolder } from "../../store/places.ts";
import { connectSlack } from "./setup.ts";
import { testApp } from "./test-app.ts";

const { open } = createOpener();
const says = (pattern: RegExp) => (message: SlackMessage) => pattern.test(wordsOf(message.blocks));
const inboxOf = (store: Store, owner: string) => createInbox(store, { leases: { owner } });

/** A process that dies before it can write these down. */
function dyingBefore(inbox: Inbox, ...what: ("done" | "note")[]): Inbox {
  const dead = { done: async () => {}, note: async () => {} };
  return { ...inbox, ...Object.fromEntries(what.map((name) => [name, dead[name]])) };
}

/** An app that gives its first `replies` replies and goes on when it is let go: then it says nothing more. */
function stuckApp(replies: number, letGo: Promise<void>): App {
  const app = testApp();
  return {
    ...app,
    async *dispatch(invocation) {
      let given = 0;
      for await (const reply of app.dispatch(invocation)) {
        if (given++ === replies) break;
        yield reply;
        if (given === replies) break;
      }
      await letGo;
    },
  };
}

interface Next extends Pick<SlackOptions, "throttle"> {
  /** Runs when the last process is gone. */
  between?: () => void;
  owner?: string;
  dies?: ("done" | "note")[];
}

/** A first process that answers `replies` replies to everything, with its end, then a second one on the same store. */
async function twoProcesses(replies: number, ...lost: ("done" | "note")[]) {
  const store = await open(await freshFolder());
  const end = Promise.withResolvers<void>();
  const connected = await connectSlack(stuckApp(replies, end.promise), "socket", {
    inbox: dyingBefore(inboxOf(store, "first"), "done", ...lost),
    answerWithinMs: 0,
  });
  const { fake, slack } = connected;
  let second: ReturnType<typeof createSlack> | undefined;
  return {
    ...connected,
    waiting: async () => (await store.read.selectFrom("inbox").select("key").where("state", "=", 0).execute()).length,
    /** The last process is gone, and the next one has answered what it left; it dies before it can write `dies` down. */
    async replace({ between = () => {}, owner = "second", dies = [], throttle }: Next = {}) {
      end.resolve();
      await slack.settled();
      await slack.stop();
      await second?.stop();
      await fake.world.until(() => fake.delivery.sockets.size === 0);
      between();
      const inbox = inboxOf(store, owner);
      const app = testApp();
      second = createSlack({
        ...{ botToken: fake.team.botToken, appToken: fake.appToken, apiUrl: fake.apiUrl, log: silentLog },
        inbox: dyingBefore(inbox, ...dies),
        ...(throttle && { throttle }),
      });
      await second.start(app);
      await second.settled();
      return app;
    },
    end: async () => second?.stop(),
  };
}

describe("what was acknowledged and not answered when the bot ended", () => {
  it("is answered by the next process: mentions, direct messages, commands and presses", async () => {
    const { ada, channel, waiting, replace, end } = await twoProcesses(0);
    const { ts: menu } = await ada.mention(channel, "first");
    await ada.dm("second");
    await ada.slash(channel, "ask third");
    const press = {
      action_id: "press:0",
      block_id: "b",
      type: "button",
      value: "v1:echo?said=fourth",
      action_ts: "1.1",
    };
    await ada.interact({
      ...{ type: "block_actions", trigger_id: ada.trigger(), response_url: ada.responseUrl(channel) },
      ...{ channel: { id: channel }, message: { ts: menu }, container: { type: "message", message_ts: menu } },
      actions: [press],
    });
    const app = await replace();
    const seen = [...ada.sees(channel), ...ada.sees(ada.direct().id)].map(({ blocks }) => wordsOf(blocks));
    for (const answer of [/asked: first/, /asked: second/, /asked: third/, /You said fourth/])
      expect(seen.filter((words) => answer.test(words))).toHaveLength(1);
    expect(app.asked).toHaveLength(4);
    expect(await waiting()).toBe(0);
    await end();
  });

  it("is answered however much of it one person said", async () => {
    const { ada, channel, waiting, replace, end } = await twoProcesses(0);
    for (const words of ["one", "two", "three"]) await ada.mention(channel, words);
    await replace({ throttle: { points: 1, duration: 60 } });
    for (const words of ["one", "two", "three"])
      expect(ada.sees(channel).filter(says(new RegExp(`asked: ${words}`)))).toHaveLength(1);
    expect(await waiting()).toBe(0);
    await end();
  });

  it("is answered once when Slack delivers it again to the next process", async () => {
    const { fake, ada, channel, replace, end } = await twoProcesses(0);
    const said = await ada.mention(channel, "again", { eventId: "Ev1" });
    const app = await replace();
    await ada.event({ type: "app_mention", user: ada.id, text: said.text, ts: said.ts, channel }, "Ev1");
    await ada.mention(channel, "next");
    await fake.world.until(() => ada.sees(channel).find(says(/asked: next/)));
    expect(app.asked).toHaveLength(2);
    await end();
  });

  it("is not posted a second time where the first process noted its message", async () => {
    const { fake, ada, channel, waiting, replace, end } = await twoProcesses(1);
    await ada.mention(channel, "once");
    await ada.mention(channel, "picture");
    await fake.world.until(() => ada.sees(channel).some(({ files }) => files.length > 0));
    await replace();
    expect(ada.sees(channel).filter(says(/asked: once/))).toHaveLength(1);
    const shown = ada.sees(channel).filter(({ files, blocks }) => files.length > 0 || /Look/.test(wordsOf(blocks)));
    expect(shown.flatMap(({ files }) => files)).toHaveLength(2);
    expect(shown.filter(says(/Look/))).toHaveLength(1);
    expect(await waiting()).toBe(0);
    await end();
  });

  it("is answered however many of the next processes end before they can post", async () => {
    const { fake, ada, channel, waiting, replace, end } = await twoProcesses(0);
    await ada.mention(channel, "public");
    await ada.dm("direct");
    for (let time = 0; time < 3; time++) {
      const posts = fake.calls("chat.postMessage").length;
      // Both answers, and in the direct message that it went wrong.
      fake.fail("chat.postMessage", ...Array.from({ length: 3 }, () => ({ error: "fatal_error" })));
      await replace({ owner: `next ${time}`, dies: ["done"] });
      expect(fake.calls("chat.postMessage")).toHaveLength(posts + 3);
    }
    expect([...ada.sees(channel), ...ada.sees(ada.direct().id)].filter(says(/asked/))).toEqual([]);
    await replace({ owner: "last" });
    expect(ada.sees(channel).filter(says(/asked: public/))).toHaveLength(1);
    expect(ada.sees(ada.direct().id).filter(says(/asked: direct/))).toHaveLength(1);
    expect(await waiting()).toBe(0);
    await end();
  });

  it("is posted once more for each process that ended before it could note its post, where it cannot be looked for", async () => {
    const { fake, ada, channel, replace, end } = await twoProcesses(1, "note");
    await ada.mention(channel, "once");
    await fake.world.until(() => ada.sees(channel).find(says(/asked: once/)));
    for (let time = 0; time < 2; time++) await replace({ owner: `next ${time}`, dies: ["done", "note"] });
    await replace({ owner: "last" });
    expect(ada.sees(channel).filter(says(/asked: once/))).toHaveLength(4);
    await end();
  });

  it("is looked for in direct messages before it is posted again", async () => {
    const { fake, ada, replace, end } = await twoProcesses(1, "note");
    const direct = ada.direct().id;
    await ada.dm("once");
    await fake.world.until(() => ada.sees(direct).find(says(/asked: once/)));
    await replace();
    expect(ada.sees(direct).filter(says(/asked: once/))).toHaveLength(1);
    await end();
  });

  it("goes on in the live plan that the first process began", async () => {
    const { fake, ada, channel, replace, end } = await twoProcesses(1);
    await ada.mention(channel, "show");
    const live = await fake.world.until(() => ada.sees(channel).find(({ plan }) => plan));
    await replace({
      between() {
        // The first process died before it could end the plan.
        live.streaming = { recipient: ada.id };
      },
    });
    expect(says(/Both are done/)(live)).toBe(true);
    expect(labels(live.blocks)).toEqual(["More"]);
    expect(ada.sees(channel)).toHaveLength(1);
    await end();
  });
});
