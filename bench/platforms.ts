import { type ChildProcess, spawn } from "node:child_process";
import { mkdtempSync, readFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { startFakeDiscord } from "../tests/harness/discord/fake-discord.ts";
import { startFakeSlack } from "../tests/harness/slack/fake-slack.ts";
import { botCommand } from "./bot-command.ts";
import { report } from "./measure.ts";
import { benchDiscord } from "./platforms-discord.ts";
import { benchSlack } from "./platforms-slack.ts";

const questions = 30;

/** The least a bot on both platforms can be: discord.js and Bolt in one process, each with one fixed answer. */
const bare = `
import { App, SocketModeReceiver } from "@slack/bolt";
import { Client } from "discord.js";
const client = new Client({ intents: [1 << 0, 1 << 9, 1 << 12], rest: { api: process.env.DISCORD_API_URL } });
client.on("messageCreate", (message) => {
  if (message.mentions.users.has(client.user.id)) void message.reply({ content: "hello", allowedMentions: { parse: [] } });
});
const clientOptions = { slackApiUrl: process.env.SLACK_API_URL };
const receiver = new SocketModeReceiver({ appToken: process.env.SLACK_APP_TOKEN, installerOptions: { clientOptions } });
const app = new App({ token: process.env.SLACK_BOT_TOKEN, receiver, clientOptions });
app.event("app_mention", async ({ event, client: slack }) => {
  await slack.chat.postMessage({ channel: event.channel, thread_ts: event.ts, text: "hello", unfurl_links: false });
});
await Promise.all([client.login(process.env.DISCORD_TOKEN), app.start()]);
`;

/** Everything about both platforms: answers and acknowledgements beside bare bots, then the memory of one process that serves both. */
export async function benchPlatforms(): Promise<void> {
  await benchDiscord();
  await benchSlack();
  await benchMemory();
}

async function benchMemory(): Promise<void> {
  const rss = await memoryOnBoth(botCommand);
  const bareRss = await memoryOnBoth(["--input-type=module", "-e", bare]);
  report("memory on both platforms", { unit: "MB", rss, bare_rss: bareRss, ratio: rss / bareRss });
}

/** Resident memory of a bot on both platforms after a round of questions on each, in MB. */
async function memoryOnBoth(program: string[]): Promise<number> {
  const [discord, slack] = await Promise.all([startFakeDiscord(), startFakeSlack()]);
  const child = spawn(process.execPath, program, {
    stdio: ["ignore", "ignore", "inherit"],
    env: {
      PATH: process.env.PATH ?? "",
      DATA_DIR: mkdtempSync(join(tmpdir(), "bakehouse-bench-")),
      LOG_LEVEL: "error",
      SANDBOX_TOTAL: "0",
      DISCORD_TOKEN: discord.token,
      DISCORD_API_URL: discord.apiUrl,
      SLACK_BOT_TOKEN: slack.team.botToken,
      SLACK_APP_TOKEN: slack.appToken,
      SLACK_API_URL: slack.apiUrl,
    },
  });
  const ended = new Promise((resolve) => child.once("exit", resolve));
  try {
    await discord.world.until(() => discord.gateway.connected(), "the bot on Discord");
    await slack.delivery.connected();
    const answered = () => slack.channel.messages.filter(({ user }) => user === slack.team.botUser).length;
    for (let round = 0; round < questions; round++) {
      const [learner, member] = [discord.as(`learner${round % 10}`), slack.as(round % 2 === 0 ? "ada" : "bob")];
      await learner.answerTo(learner.mention("how do images and containers differ?"));
      const before = answered();
      await member.mention(slack.channel.id, "how do images and containers differ?");
      await slack.world.until(() => answered() > before, "an answer on Slack");
    }
    return residentMegabytes(child);
  } finally {
    child.kill("SIGTERM");
    await ended;
    await Promise.all([discord.stop(), slack.stop()]);
  }
}

function residentMegabytes({ pid }: ChildProcess): number {
  return Number(/VmRSS:\s+(\d+)/.exec(readFileSync(`/proc/${pid}/status`, "utf8"))?.[1] ?? Number.NaN) / 1024;
}
