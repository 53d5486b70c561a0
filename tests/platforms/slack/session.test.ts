import { describe, expect, it } from "vitest";
import { labels, wordsOf } from "../../harness/slack/reading.ts";
import type { SlackMessage } from "../../harness/slack/world.ts";
import { connectSlack, type Mode } from "./setup.ts";
import { testApp } from "./test-app.ts";

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

  it("tells which message was pressed, also one that only its asker sees", async () => {
    const app = testApp();
    const { fake, ada, channel } = await connectSlack(app, mode);
    await ada.slash(channel, "secret");
    const secret = await fake.world.until(() => ada.sees(channel).find(says(/Only for ada/)));
    for (const times of [2, 3]) {
      await ada.press(secret, "More");
      await fake.world.until(() => app.asked.length === times);
    }
    expect(app.asked.map(({ caller }) => caller.message)).toEqual([
      undefined,
      ...Array.from({ length: 2 }, () => `${channel}:${secret.ts}`),
    ]);
  });

  it("suggests questions in the messages tab", async () => {
    const { fake, ada } = await connectSlack(testApp(), mode);
    await ada.openMessages();
    const prompts = await fake.world.until(() => fake.team.prompts.get(ada.direct().id));
    expect(prompts.map(({ message }) => message)).toContain("How do images and containers differ?");
  });

  it("lets the workspace's admins and the configured tutors moderate, nobody else", async () => {
    const app = testApp();
    const { fake, bob, mia, channel } = await connectSlack(app, mode);
    await bob.slash(channel, "mods");
    await fake.world.until(() => bob.sees(channel).find(says(/Only instructors and moderators/)));
    await mia.slash(channel, "mods");
    await fake.world.until(() => mia.sees(channel).find(says(/Moderated/)));
    expect(app.asked.at(-1)?.caller).toMatchObject({
      locale: "en-GB",
      zone: "Europe/Berlin",
      person: { id: `slack:${fake.team.id}:${mia.id}`, name: "mia" },
    });
  });
});
