import { type ChildProcess, spawn } from "node:child_process";
import { mkdtempSync, readFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { type FakeDiscord, startFakeDiscord } from "../tests/harness/discord/fake-discord.ts";
import { botCommand } from "./bot-command.ts";
import { percentile, report, spread } from "./measure.ts";
import { questions } from "./questions.ts";

const here = fileURLToPath(import.meta.url);
const rounds = 400;
const warmUp = 150;

/** What a class asks after its instructor: one question from many people. */
const question = "how do images and containers differ?";

/** A bot in a process of its own, in a Discord of its own. */
interface Contender {
  discord: FakeDiscord;
  child: ChildProcess;
}

async function start(
  program: string[],
  environment: (discord: FakeDiscord) => Record<string, string>,
): Promise<Contender> {
  const discord = await startFakeDiscord();
  const child = spawn(process.execPath, program, {
    stdio: ["ignore", "ignore", "inherit"],
    env: { PATH: process.env.PATH ?? "", ...environment(discord) },
  });
  // Whatever happens here, no bot is left behind.
  process.once("exit", () => void child.kill("SIGKILL"));
  await discord.world.until(() => discord.registered.some(({ body }) => body.name === "ask"), "the bot's commands");
  return { discord, child };
}

const startBakehouse = () =>
  start(botCommand, (discord) => ({
    DISCORD_TOKEN: discord.token,
    DISCORD_API_URL: discord.apiUrl,
    DATA_DIR: mkdtempSync(join(tmpdir(), "bakehouse-bench-")),
    LOG_LEVEL: "error",
    SANDBOX_TOTAL: "0",
  }));

/** The least a bot with discord.js can do: one command and one mention, answered with a fixed sentence. */
const startEcho = () => start([here, "echo"], (discord) => ({ ECHO_TOKEN: discord.token, ECHO_URL: discord.apiUrl }));

async function echo(): Promise<void> {
  const { Client } = await import("discord.js");
  const client = new Client({ intents: [1 << 0, 1 << 9, 1 << 12], rest: { api: process.env.ECHO_URL ?? "" } });
  client.on("interactionCreate", (interaction) => {
    if (interaction.isChatInputCommand()) void interaction.reply({ content: "hello", allowedMentions: { parse: [] } });
  });
  client.on("messageCreate", (message) => {
    if (client.user && message.mentions.users.has(client.user.id))
      void message.reply({ content: "hello", allowedMentions: { parse: [] } });
  });
  client.once("clientReady", async () => {
    const options = [{ type: 3, name: "question", description: "x", required: true, max_length: 4000 }];
    await client.rest.put(`/applications/${client.application?.id ?? ""}/commands`, {
      body: [{ name: "ask", description: "x", options }],
    });
  });
  await client.login(process.env.ECHO_TOKEN ?? "");
}

// What this Discord does with an answer after it has arrived is not the bot's time.

async function timeSlash({ discord }: Pick<Contender, "discord">, who: string): Promise<number> {
  const begun = performance.now();
  const { exchange } = discord.as(who).slash("ask", { question });
  return (await discord.world.until(() => exchange.answeredAt, "an answer")) - begun;
}

async function timeMention({ discord }: Contender, who: string, text = question): Promise<number> {
  const person = discord.as(who);
  const begun = performance.now();
  const { message } = await person.answerTo(person.mention(text));
  return (message.at ?? Number.NaN) - begun;
}

/** 200 commands of 50 people, evenly within two seconds; the time to each first acknowledgement, in ms. */
async function timeRush({ discord }: Contender): Promise<number[]> {
  const all = Array.from({ length: 200 }, async (_, at) => {
    await new Promise((resolve) => setTimeout(resolve, at * 10));
    return timeSlash({ discord }, `rush${at % 50}`);
  });
  return Promise.all(all);
}

/** Resident memory of a process, in MB. */
function memoryOf({ child }: Contender): number {
  const status = readFileSync(`/proc/${child.pid}/status`, "utf8");
  return Number(/VmRSS:\s+(\d+)/.exec(status)?.[1] ?? Number.NaN) / 1024;
}

async function stop({ discord, child }: Contender): Promise<string[]> {
  const ended = new Promise((resolve) => child.once("exit", resolve));
  child.kill("SIGTERM");
  await ended;
  const verdict = discord.verdict();
  await discord.stop();
  return verdict;
}

/** Bakehouse and a bare discord.js bot, each as a child process against a Discord on this machine, measured in turns. */
export async function benchDiscord(): Promise<void> {
  const bakehouse = await startBakehouse();
  const bare = await startEcho();
  report("discord first answer after the start", {
    unit: "ms",
    slash: await timeSlash(bakehouse, "first"),
    bare: await timeSlash(bare, "first"),
  });
  const times: Record<"slash" | "mention" | "varied", [number[], number[]]> = {
    slash: [[], []],
    mention: [[], []],
    varied: [[], []],
  };
  for (let round = 0; round < rounds; round++) {
    for (const [at, bot] of [bakehouse, bare].entries()) {
      const who = `ada${round % 100}`;
      const [slash, mention] = [await timeSlash(bot, who), await timeMention(bot, who)];
      const varied = await timeMention(bot, `bob${round % 100}`, questions[round % questions.length]);
      // The first rounds warm both up.
      if (round < warmUp) continue;
      times.slash[at as 0 | 1].push(slash);
      times.mention[at as 0 | 1].push(mention);
      times.varied[at as 0 | 1].push(varied);
    }
  }
  const ratio = ([ours, theirs]: [number[], number[]]) => ({
    p50: percentile(ours, 0.5),
    bare_p50: percentile(theirs, 0.5),
    ratio: percentile(ours, 0.5) / percentile(theirs, 0.5),
  });
  report("discord slash to first answer", { unit: "ms", ...ratio(times.slash), n: times.slash[0].length });
  report("discord mention to answer", { unit: "ms", ...ratio(times.mention), n: times.mention[0].length });
  const varied = { unit: "ms", ...ratio(times.varied), n: times.varied[0].length };
  report("discord mention to answer, each question new", varied);
  const rush = await timeRush(bakehouse);
  report("discord 200 interactions in 2 s", { unit: "ms", ...spread(rush), max: Math.max(...rush) });
  report("discord memory", {
    unit: "MB",
    rss: memoryOf(bakehouse),
    bare_rss: memoryOf(bare),
    ratio: memoryOf(bakehouse) / memoryOf(bare),
  });
  const problems = [
    ...(await stop(bakehouse)),
    ...(await stop(bare)).filter((one) => !one.includes("allowed_mentions")),
  ];
  report("discord rules broken", { count: problems.length });
  if (problems.length > 0) console.error(problems.slice(0, 5).join("\n"));
}

if (process.argv[2] === "echo") await echo();
else if (process.argv[1] === here) await benchDiscord();
