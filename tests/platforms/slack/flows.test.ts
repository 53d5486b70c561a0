import { describe, expect, it } from "vitest";
import { labels, wordsOf } from "../../harness/slack/reading.ts";
import type { Json, SlackMessage } from "../../harness/slack/world.ts";
import type { Gates } from "./commands.ts";
import { connectSlack, type Mode } from "./setup.ts";
import { testApp } from "./test-app.ts";

const says = (pattern: RegExp) => (message: SlackMessage) => pattern.test(wordsOf(message.blocks));

describe.each<Mode>(["socket", "http"])("people and Slack over %s", (mode) => {
  it("talks directly, in the thread of each message, and reads lines that start with $ as sandbox commands", async () => {
    const { fake, ada } = await connectSlack(testApp(), mode);
    const direct = ada.direct().id;
    const said = await ada.dm("what is an image?");
    const answer = await fake.world.until(() => ada.sees(direct).find(says(/ada asked: what is an image\?/)));
    expect(answer.thread).toBe(said.ts);
    expect(wordsOf(answer.blocks)).toContain("(direct)");
    await ada.dm("$ ls -la /", { thread: said.ts });
    const run = await fake.world.until(() => ada.sees(direct).find(says(/\$ ls -la \//)));
    expect(run.thread).toBe(said.ts);
  });

  it("hears what people wrote as they wrote it", async () => {
    const app = testApp();
    const { fake, ada, channel } = await connectSlack(app, mode);
    await ada.mention(
      channel,
      "why does &lt;none&gt; show in <https://docs.docker.com/|the docs> of <#C1|study> for <@U2>, “quoted”?",
    );
    await fake.world.until(() => app.asked[0]);
    expect(app.asked[0]?.options.question).toBe('why does <none> show in the docs of #study for @somebody, "quoted"?');
  });

  it("says what to do when a mention has no words, and shows help for the bare command", async () => {
    const { fake, ada, channel } = await connectSlack(testApp(), mode);
    await ada.mention(channel, "");
    await fake.world.until(() => ada.sees(channel).find(says(/Write your question/)));
    await ada.slash(channel, "");
    await fake.world.until(() => ada.sees(channel).find(says(/Help/)));
  });

  it("keeps an answer for the asker alone where it is meant so, also after a mention", async () => {
    const { fake, ada, bob, channel } = await connectSlack(testApp(), mode);
    await ada.mention(channel, "secret");
    const answer = await fake.world.until(() => ada.sees(channel).find(says(/Only for ada/)));
    expect(answer.onlyFor).toBe(ada.id);
    expect(bob.sees(channel)).toEqual([]);
    await ada.press(answer, "More");
    const more = await fake.world.until(() => ada.sees(channel).find(says(/There is more/)));
    expect(more.onlyFor).toBe(ada.id);
  });

  it("shows an answer that is for the channel to everybody, also after the command", async () => {
    const { fake, ada, bob, channel } = await connectSlack(testApp(), mode);
    await ada.slash(channel, "shout");
    await fake.world.until(() => bob.sees(channel).find(says(/For everybody/)));
  });

  it("answers the command in a channel it is not in", async () => {
    const { fake, ada, bob } = await connectSlack(testApp(), mode);
    const elsewhere = fake.addChannel("elsewhere", [ada.id, bob.id]);
    await ada.slash(elsewhere.id, "secret");
    await fake.world.until(() => ada.sees(elsewhere.id).find(says(/Only for ada/)));
    await ada.slash(elsewhere.id, "shout");
    await fake.world.until(() => bob.sees(elsewhere.id).find(says(/For everybody/)));
  });

  it("offers every control, and each one does what it says", async () => {
    const { fake, ada, channel } = await connectSlack(testApp(), mode);
    await ada.mention(channel, "menu");
    const menu = await fake.world.until(() => ada.sees(channel).find(says(/Choose\./)));
    expect(labels(menu.blocks)).toEqual(["Primary", "Danger", "Pick one", "Write", "Docs"]);
    expect(wordsOf(menu.blocks)).toContain("Off");
    for (const [label, said] of [
      ["Primary", "primary"],
      ["Danger", "danger"],
    ] as const) {
      await ada.press(menu, label);
      await fake.world.until(() => ada.sees(channel).find(says(new RegExp(`You said ${said}\\.`))));
    }
    await ada.choose(menu, "Pick one", "Two");
    await fake.world.until(() => ada.sees(channel).find(says(/You said 2\./)));
    await ada.press(menu, "Write");
    const modal = await fake.world.until(() => ada.modal());
    expect((modal.title as Json).text).toBe("What shall I repeat?");
    await ada.submit("one line\nanother <b> & more");
    const answer = await fake.world.until(() => ada.sees(channel).find(says(/You said one line/)));
    expect(answer.thread).toBe(menu.thread);
    expect(wordsOf(answer.blocks)).toBe("You said one line\nanother <b> & more.");
    await ada.press(menu, "Docs");
    expect(fake.calls("chat.postMessage")).toHaveLength(5);
  });

  it("continues a private flow in one message", async () => {
    const { fake, ada, channel } = await connectSlack(testApp(), mode);
    await ada.slash(channel, "flow");
    const first = await fake.world.until(() => ada.sees(channel).find(says(/Question 1/)));
    await ada.press(first, "Next");
    await fake.world.until(() => says(/Question 2/)(first));
    await ada.press(first, "Next");
    await fake.world.until(() => says(/Question 3/)(first));
    expect(ada.sees(channel)).toEqual([first]);
    await ada.dm("flow");
    const direct = await fake.world.until(() => ada.sees(ada.direct().id).find(says(/Question 1/)));
    await ada.press(direct, "Next");
    await fake.world.until(() => says(/Question 2/)(direct));
    expect(ada.sees(ada.direct().id)).toEqual([direct]);
  });

  it("explains a message from its menu, and quizzes on what it is about", async () => {
    const app = testApp();
    const { fake, ada, bob, channel } = await connectSlack(app, mode);
    const said = await bob.mention(channel, "my layer is gone");
    await ada.messageShortcut("explain", said);
    const answer = await fake.world.until(() =>
      ada.sees(channel).find((one) => one.onlyFor === ada.id && says(/asked: my layer is gone/)(one)),
    );
    expect(answer.onlyFor).toBe(ada.id);
    await ada.messageShortcut("quiz_on", said);
    await fake.world.until(() => ada.sees(channel).find(says(/Quiz on layers/)));
  });

  it("starts a sandbox and a quiz from anywhere, in the direct message", async () => {
    const { fake, ada } = await connectSlack(testApp(), mode);
    await ada.globalShortcut("start_sandbox");
    await fake.world.until(() => ada.sees(ada.direct().id).find(says(/Your sandbox is ready/)));
    await ada.globalShortcut("start_quiz");
    await fake.world.until(() => ada.sees(ada.direct().id).find(says(/Quiz on everything/)));
  });

  it("shows steps as a live plan in the thread and ends it with the answer", async () => {
    const gates: Gates = { first: Promise.withResolvers(), second: Promise.withResolvers() };
    const { fake, ada, channel } = await connectSlack(testApp(gates), mode);
    const asked = await ada.mention(channel, "show");
    const live = await fake.world.until(() => ada.sees(channel).find(({ streaming }) => streaming));
    expect(live.thread).toBe(asked.ts);
    const states = () => [...(live.plan?.tasks.values() ?? [])].map(({ status }) => status);
    expect(states()).toEqual(["in_progress", "pending"]);
    gates.first?.resolve();
    await fake.world.until(() => states().join() === "complete,in_progress");
    gates.second?.resolve();
    await fake.world.until(() => !live.streaming);
    expect(wordsOf(live.blocks)).toContain("Both are done.");
    expect(wordsOf(live.blocks)).not.toContain("Start one");
    expect(labels(live.blocks)).toEqual(["More"]);
    expect(ada.sees(channel)).toEqual([live]);
  });

  it("edits one message where live plans are not granted", async () => {
    const gates: Gates = { first: Promise.withResolvers(), second: Promise.withResolvers() };
    const { fake, ada, channel } = await connectSlack(testApp(gates), mode);
    fake.fail("chat.startStream", { error: "not_allowed_token_type" });
    await ada.mention(channel, "show");
    const live = await fake.world.until(() => ada.sees(channel).find(says(/Running now: Start one/)));
    gates.first?.resolve();
    await fake.world.until(() => says(/Done: Start one\n.*Running now: Start two \(with a name\)/)(live));
    gates.second?.resolve();
    await fake.world.until(() => says(/Both are done/)(live));
    await ada.mention(channel, "show");
    await fake.world.until(() => ada.sees(channel).length === 2);
    expect(fake.calls("chat.startStream")).toHaveLength(1);
  });

  it("shows what goes on privately in the direct message and says so where it was asked", async () => {
    const gates: Gates = { first: Promise.withResolvers(), second: Promise.withResolvers() };
    const { fake, ada, bob, channel } = await connectSlack(testApp(gates), mode);
    await ada.slash(channel, "show secret:yes");
    await fake.world.until(() => ada.sees(channel).find(says(/Running now: Start one/)));
    gates.first?.resolve();
    gates.second?.resolve();
    await fake.world.until(() => ada.sees(ada.direct().id).find(says(/Both are done/)));
    await fake.world.until(() => ada.sees(channel).find(says(/in a direct message/)));
    expect(bob.sees(channel)).toEqual([]);
  });

  it("cancels what runs when Slack's own Stop is pressed", async () => {
    const { fake, ada } = await connectSlack(testApp({ first: Promise.withResolvers() }), mode);
    const said = await ada.dm("show");
    const direct = ada.direct().id;
    const live = await fake.world.until(() => ada.sees(direct).find(({ streaming }) => streaming));
    await ada.event({
      type: "agent_session_stopped",
      channel: direct,
      user: ada.id,
      thread_ts: said.ts,
      streaming_message_ts: [live.ts],
    });
    await fake.world.until(() => says(/Stopped/)(live));
  });

  it("puts pictures and files under the answer, with alternative text", async () => {
    const { fake, ada, channel } = await connectSlack(testApp(), mode);
    const asked = await ada.mention(channel, "picture");
    const upload = await fake.world.until(() => ada.sees(channel).find(({ files }) => files.length === 2));
    expect(upload.thread).toBe(asked.ts);
    expect(upload.files.map(({ name, alt }) => [name, alt])).toEqual([
      ["dot.png", "One dot"],
      ["log.txt", undefined],
    ]);
    expect(upload.files[1]?.bytes.toString()).toBe("all of it");
    const answer = ada.sees(channel).find(says(/Look\./));
    expect(wordsOf(answer?.blocks ?? [])).toContain("One dot");
  });

  it("sends private pictures directly, never into the channel", async () => {
    const { fake, ada, bob, channel } = await connectSlack(testApp(), mode);
    await ada.slash(channel, "mypicture");
    await fake.world.until(() => ada.sees(ada.direct().id).find(({ files }) => files.length === 1));
    await fake.world.until(() => ada.sees(channel).find(says(/in a direct message/)));
    expect(bob.sees(channel)).toEqual([]);
  });

  it("draws the home tab from people's own answers, and its buttons work", async () => {
    const { fake, ada } = await connectSlack(testApp(), mode);
    await ada.openHome();
    const home = await fake.world.until(() => ada.home());
    expect(wordsOf(home.blocks as Json[])).toContain("You know a lot.");
    expect(labels(home.blocks as Json[])).toEqual([
      "Start a quiz",
      "Start a sandbox",
      "All topics",
      "Export my data",
      "Delete my data",
    ]);
    await ada.pressHome("Start a quiz");
    await fake.world.until(() => ada.sees(ada.direct().id).find(says(/Quiz on everything/)));
    await ada.pressHome("Export my data");
    await fake.world.until(() => ada.sees(ada.direct().id).find(({ files }) => files.length === 1));
    await ada.pressHome("Delete my data");
    await fake.world.until(() => ada.sees(ada.direct().id).find(says(/Sure\?/)));
  });
});
