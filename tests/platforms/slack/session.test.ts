import { describe, expect, it } from "vitest";
import { labels, wordsOf } from "../../harness/slack/reading.ts";
import type { SlackMessage } from "../../harness/slack/world.ts";
import { testApp } from "./commands.ts";
import { connectSlack, type Mode } from "./setup.ts";

const says = (pattern: RegExp) => (message: SlackMessage) => pattern.test(wordsOf(message.blocks));

describe.each<Mode>(["socket", "http"])("Slack over %s", (mode) => {
  it("answers a mention in a thread under it", async () => {
    const { fake, ada, channel } = await connectSlack(testApp(), mode);
    const asked = await ada.mention(channel, "why is my file gone?");
    const answer = await fake.world.until(() => ada.sees(channel).find(says(/ada asked: why is my file gone\?/)));
    expect(answer.thread).toBe(asked.ts);
    expect(answer.onlyFor).toBeUndefined();
    expect(labels(answer.blocks)).toEqual(["More"]);
  });

  it("answers the command to the asker alone", async () => {
    const { fake, ada, bob, channel } = await connectSlack(testApp(), mode);
    await ada.slash(channel, "ask what is a layer?");
    const answer = await fake.world.until(() => ada.sees(channel).find(says(/ada asked: what is a layer\?/)));
    expect(answer.onlyFor).toBe(ada.id);
    expect(bob.sees(channel)).toEqual([]);
  });

  it("runs what a button says, where the button stands", async () => {
    const { fake, ada, bob, channel } = await connectSlack(testApp(), mode);
    const asked = await ada.mention(channel, "question");
    const answer = await fake.world.until(() => ada.sees(channel).find(says(/asked/)));
    await bob.press(answer, "More");
    const more = await fake.world.until(() => ada.sees(channel).find(says(/There is more/)));
    expect(more.thread).toBe(asked.ts);
  });
});
