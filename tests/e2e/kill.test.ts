import { mkdtempSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { fileURLToPath } from "node:url";
import { expect, it } from "vitest";
import { startBot } from "../harness/bot.ts";
import { startFakeDiscord } from "../harness/discord/fake-discord.ts";
import { look } from "../harness/discord/seen.ts";
import { startFakeSlack } from "../harness/slack/fake-slack.ts";
import { wordsOf } from "../harness/slack/reading.ts";
import { patiently } from "./table.ts";

/** The long run kills 50 times. */
const kills = Number(process.env.KILLS ?? 4);

// A bot that starts takes seconds; nothing that is asked meanwhile may time out on the platforms' side, as neither does while a queue is kept.
const patience = 20_000;

it(`answers everybody once while it is killed ${kills} times at random, but for what Slack had just been told is taken`, {
  timeout: 60_000 + kills * 60_000,
}, async () => {
  const [discord, slack] = await Promise.all([
    startFakeDiscord({ ackMs: patience }),
    startFakeSlack({ ackMs: patience }),
  ]);
  slack.delivery.expectSilence = true;
  const environment = {
    DATA_DIR: mkdtempSync(join(tmpdir(), "bakehouse-kill-")),
    CONTENT_DIR: fileURLToPath(new URL("pack", import.meta.url)),
    DISCORD_TOKEN: discord.token,
    DISCORD_API_URL: discord.apiUrl,
    SLACK_BOT_TOKEN: slack.team.botToken,
    SLACK_APP_TOKEN: slack.appToken,
    SLACK_API_URL: slack.apiUrl,
    SANDBOX_TOTAL: "0",
  };
  const ada = discord.as("Ada");
  const bob = slack.as("bob");
  const askedOnDiscord: ReturnType<typeof ada.mention>[] = [];
  const askedOnSlack: { ts: string; acked: boolean }[] = [];
  /** Asked on Slack so close to a kill that an answer may have been sent and not yet noted. */
  const risky = new Set<string>();
  /** Acknowledged to Slack by a process that was killed before it could answer. */
  const gone = new Set<string>();

  const answersOnDiscord = (message: (typeof askedOnDiscord)[number]) =>
    [...discord.world.messages.values()].filter(
      ({ author, answers }) => author === discord.world.bot && answers === message,
    );
  const answersOnSlack = ({ ts }: { ts: string }) =>
    slack.channel.messages.filter(
      ({ user, thread, deleted }) => user === slack.team.botUser && thread === ts && !deleted,
    );

  function askOnSlack(question: string) {
    const asked = { ts: "", acked: false };
    void bob.mention(slack.channel.id, question).then(() => {
      asked.acked = true;
    });
    asked.ts = slack.channel.messages.at(-1)?.ts ?? "";
    askedOnSlack.push(asked);
  }

  for (let round = 0; round < kills; round += 1) {
    const bot = startBot(environment);
    await Promise.all([bot.printed(/ready: discord/), bot.printed(/ready: slack/)]);
    askedOnDiscord.push(ada.mention("what is a layer?"));
    askOnSlack("what is a layer?");
    await sleep(Math.random() * 400);
    bot.child.kill("SIGKILL");
    await bot.ended;
    for (const one of askedOnSlack) {
      if (answersOnSlack(one).length > 0) continue;
      risky.add(one.ts);
      // Bolt acknowledges an event before it is worked on; Slack then never sends it again.
      if (one.acked) gone.add(one.ts);
    }
    await patiently(
      slack.world,
      () => slack.delivery.sockets.size === 0,
      () => "the killed bot's socket stays open",
    );
    discord.gateway.forget();
    // While nobody is there, people go on asking.
    askedOnDiscord.push(ada.mention("what is an image?"));
    askOnSlack("what is an image?");
  }

  const last = startBot(environment);
  try {
    await patiently(
      discord.world,
      () => askedOnDiscord.every((one) => answersOnDiscord(one).length > 0),
      () => `unanswered on Discord: ${askedOnDiscord.map((one) => answersOnDiscord(one).length)}`,
    );
    await patiently(
      slack.world,
      () => askedOnSlack.every((one) => gone.has(one.ts) || answersOnSlack(one).length > 0),
      () => `unanswered on Slack: ${askedOnSlack.map((one) => answersOnSlack(one).length)}`,
    );
    last.child.kill("SIGTERM");
    expect(await last.ended).toMatchObject({ status: 0, stderr: "" });
  } finally {
    last.child.kill("SIGKILL");
    await Promise.all([discord.stop(), slack.stop()]);
  }
  expect(askedOnDiscord.map((one) => answersOnDiscord(one).length)).toEqual(askedOnDiscord.map(() => 1));
  for (const one of askedOnSlack) expect(answersOnSlack(one).length).toBeLessThanOrEqual(risky.has(one.ts) ? 2 : 1);
  expect(askedOnDiscord.map((one) => look(answersOnDiscord(one)[0] as never).text.length > 100)).not.toContain(false);
  expect(
    askedOnSlack
      .filter((one) => answersOnSlack(one).length > 0)
      .map((one) => wordsOf(answersOnSlack(one)[0]?.blocks ?? []).length > 100),
  ).not.toContain(false);
  // At most the one question that was in work at a kill.
  expect(gone.size).toBeLessThanOrEqual(kills);
  expect([...discord.verdict(), ...slack.problems]).toEqual([]);
});
