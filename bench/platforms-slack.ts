import { type ChildProcess, spawn } from "node:child_process";
import { mkdtempSync, readFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Actor } from "../tests/harness/slack/actor.ts";
import { type FakeSlack, startFakeSlack } from "../tests/harness/slack/fake-slack.ts";
import { botCommand } from "./bot-command.ts";
import { report, spread } from "./measure.ts";

/** The least a Bolt bot does: it repeats what it hears. */
const echo = `
import { App, SocketModeReceiver } from "@slack/bolt";
const clientOptions = { slackApiUrl: process.env.SLACK_API_URL };
const receiver = new SocketModeReceiver({ appToken: process.env.SLACK_APP_TOKEN, installerOptions: { clientOptions } });
const app = new App({ token: process.env.SLACK_BOT_TOKEN, receiver, clientOptions });
app.command("/tutor", async ({ command, ack, respond }) => { await ack(); await respond({ text: command.text, response_type: "ephemeral" }); });
app.event("app_mention", async ({ event, client }) => { await client.chat.postMessage({ channel: event.channel, thread_ts: event.ts, text: "echo", unfurl_links: false }); });
await app.start();
`;

const rounds = 250;
const warmUp = 150;
const burst = { interactions: 200, within: 2000, people: 20 };

/**
 * From a command or a mention to the first answer, the bot beside a bare Bolt bot in turns against loopback workspaces of their own; then the
 * acknowledgements of 200 interactions in 2 s, and memory. Times in ms.
 */
export async function benchSlack(): Promise<void> {
  const bot = await begin(botCommand);
  const bare = await begin(["--input-type=module", "-e", echo]);
  const times = {
    bot: { slash: [] as number[], mention: [] as number[] },
    bare: { slash: [] as number[], mention: [] as number[] },
  };
  for (let round = 0; round < rounds + warmUp; round++) {
    for (const [name, side] of [
      ["bot", bot],
      ["bare", bare],
    ] as const) {
      const slash = await side.slash(side.people[round % burst.people] as Actor);
      const mention = await side.mention(side.people[round % burst.people] as Actor);
      // The first rounds warm up.
      if (round < warmUp) continue;
      times[name].slash.push(slash);
      times[name].mention.push(mention);
    }
  }
  for (const way of ["slash", "mention"] as const) {
    const [a, b] = [spread(times.bot[way]), spread(times.bare[way])];
    report(`slack_${way}`, { unit: "ms", p50: a.p50, p99: a.p99, bare_p50: b.p50, ratio: a.p50 / b.p50, n: a.n });
  }
  bot.fake.delivery.ackTimes.length = 0;
  const all: Promise<void>[] = [];
  const start = performance.now();
  for (let at = 0; at < burst.interactions; at++) {
    const due = start + (at * burst.within) / burst.interactions;
    await new Promise((resolve) => setTimeout(resolve, Math.max(0, due - performance.now())));
    const actor = bot.people[at % burst.people] as Actor;
    all.push(actor.slash(bot.fake.channel.id, "concept layers"));
  }
  await Promise.all(all);
  const acks = spread(bot.fake.delivery.ackTimes);
  report("slack_acks", { unit: "ms", p50: acks.p50, p99: acks.p99, n: acks.n, problems: bot.fake.problems.length });
  const [a, b] = [residentMiB(bot.child), residentMiB(bare.child)];
  report("slack_memory", { unit: "MiB", bot: a, bare: b, ratio: a / b });
  await Promise.all([bot.end(), bare.end()]);
}

async function begin(args: string[]) {
  const fake = await startFakeSlack();
  const child = spawn(process.execPath, args, {
    stdio: ["ignore", "ignore", "ignore"],
    env: {
      PATH: process.env.PATH ?? "",
      DATA_DIR: mkdtempSync(join(tmpdir(), "bakehouse-bench-")),
      LOG_LEVEL: "error",
      SLACK_BOT_TOKEN: fake.team.botToken,
      SLACK_APP_TOKEN: fake.appToken,
      SLACK_API_URL: fake.apiUrl,
    },
  });
  const people = Array.from({ length: burst.people }, (_, at) => fake.join(`learner${at}`));
  await fake.delivery.connected();
  return {
    fake,
    child,
    people,
    slash: (actor: Actor) => measure(fake, actor, () => actor.slash(fake.channel.id, "concept layers")),
    mention: (actor: Actor) => measure(fake, actor, () => actor.mention(fake.channel.id, "what is a layer?")),
    async end() {
      const closed = new Promise((resolve) => child.once("close", resolve));
      child.kill("SIGTERM");
      await closed;
      await fake.stop();
    },
  };
}

/** Milliseconds until one message more of the bot's has arrived; what this Slack does with it then is not the bot's time. */
async function measure(fake: FakeSlack, actor: Actor, act: () => Promise<unknown>): Promise<number> {
  const { messages } = fake.channel;
  const before = messages.length;
  const start = performance.now();
  void act();
  const answer = () => messages.slice(before).find(({ user }) => user === fake.team.botUser);
  return (await fake.world.until(answer, `an answer to ${actor.id}`)).at - start;
}

function residentMiB({ pid }: ChildProcess): number {
  return Number(/VmRSS:\s+(\d+)/.exec(readFileSync(`/proc/${pid}/status`, "utf8"))?.[1] ?? 0) / 1024;
}
