import { describe, expect, it } from "vitest";
import { ownContent } from "../../../src/app.ts";
import { silentLog } from "../../../src/core/log.ts";
import { openLibrary } from "../../../src/curriculum/library.ts";
import { createSlack } from "../../../src/platforms/slack/slack.ts";
import { startFakeSlack } from "../../harness/slack/fake-slack.ts";
import { wordsOf } from "../../harness/slack/reading.ts";
import type { SlackChannel } from "../../harness/slack/world.ts";
import { startTalkingBot } from "../../harness/talking-bot.ts";
import { freshFolder } from "../../store/places.ts";

/** What keeps an app from posting in a channel, and what people are told to do about it. */
const walls: [string, (channel: SlackChannel, bot: string) => unknown, RegExp][] = [
  ["that the app is not in", ({ members }, bot) => members.delete(bot), /not in this channel.*\/invite @bakehouse/],
  [
    "that is private and without the app",
    (channel, bot) => {
      channel.members.delete(bot);
      channel.hidden = true;
    },
    /not in this channel.*\/invite @bakehouse/,
  ],
  [
    "where only admins may post",
    (channel) => Object.assign(channel, { restricted: true }),
    /does not let me post.*another channel/,
  ],
  ["that is archived", (channel) => Object.assign(channel, { archived: true }), /archived.*another channel/],
];

describe("what is for everybody, in a channel", () => {
  for (const [name, build, advice] of walls) {
    it(`${name}, is refused in words to the person alone, and nothing is on`, async () => {
      const fake = await startFakeSlack();
      const platform = createSlack({
        botToken: fake.team.botToken,
        appToken: fake.appToken,
        apiUrl: fake.apiUrl,
        log: silentLog,
      });
      const bot = await startTalkingBot(
        platform,
        openLibrary([ownContent]),
        (await freshFolder()).dataDir,
        Date.now,
        () => platform.settled(),
      );
      try {
        const mia = fake.as("mia");
        const channel = fake.addChannel("wall");
        build(channel, fake.team.botUser);
        for (const [line, outcome] of [
          ["quiz start topic:layers", /No quiz was started/],
          ["quiz host topic:layers", /No quiz was started/],
          ["quiz daily 09:00", /No question of the day was planned/],
        ] as const) {
          const before = mia.sees(channel.id).length;
          await mia.slash(channel.id, line);
          await platform.settled();
          const told = mia.sees(channel.id).slice(before);
          expect(told.map(({ onlyFor }) => onlyFor)).toEqual([mia.id]);
          expect(wordsOf(told[0]?.blocks ?? [])).toMatch(advice);
          expect(wordsOf(told[0]?.blocks ?? [])).toMatch(outcome);
        }
        await mia.slash(channel.id, "quiz stop");
        await platform.settled();
        expect(wordsOf(mia.sees(channel.id).at(-1)?.blocks ?? [])).toContain("No quiz is running");
        expect(fake.as("ada").sees(channel.id)).toEqual([]);
      } finally {
        await bot.stop();
        await fake.world.until(() => fake.delivery.sockets.size === 0, "the closed socket");
        await fake.stop();
      }
    });
  }
});
