import { spawn } from "node:child_process";
import { mkdtempSync } from "node:fs";
import { startFakeSlack } from "./tests/harness/slack/fake-slack.ts";
import { botCommand } from "./bench/bot-command.ts";
const fake = await startFakeSlack();
const args = process.argv[2] === "prof" ? ["--cpu-prof", "--cpu-prof-interval=100", "--cpu-prof-dir=/tmp/prof", ...botCommand] : botCommand;
const child = spawn(process.execPath, args, { stdio: ["ignore","inherit","inherit"], env: { PATH: process.env.PATH!, DATA_DIR: mkdtempSync("/tmp/bakehouse-prof-"), LOG_LEVEL: "error", SLACK_BOT_TOKEN: fake.team.botToken, SLACK_APP_TOKEN: fake.appToken, SLACK_API_URL: fake.apiUrl } });
const people = Array.from({ length: 20 }, (_, at) => fake.join(`learner${at}`));
await fake.delivery.connected();
const times: number[] = [];
for (let i = 0; i < 600; i++) {
  const { messages } = fake.channel; const before = messages.length; const start = performance.now();
  void people[i % 20]!.mention(fake.channel.id, "what is a layer?");
  const a = await fake.world.until(() => messages.slice(before).find(({ user }) => user === fake.team.botUser));
  if (i > 150) times.push(a.at - start);
}
times.sort((a, b) => a - b); console.log("p50", times[times.length >> 1]);
const closed = new Promise((r) => child.once("close", r)); child.kill("SIGTERM"); await closed; await fake.stop();
