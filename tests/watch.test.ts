import { once } from "node:events";
import { createServer } from "node:net";
import { afterEach, describe, expect, it } from "vitest";
import { startBot } from "./harness/bot.ts";
import { startFakeDiscord } from "./harness/discord/fake-discord.ts";
import { startFakeSlack } from "./harness/slack/fake-slack.ts";

const ends: (() => unknown)[] = [];
afterEach(async () => {
  for (const end of ends.splice(0).reverse()) await end();
});

async function freePort(): Promise<number> {
  const server = createServer().listen(0, "127.0.0.1");
  await once(server, "listening");
  const { port } = server.address() as { port: number };
  server.close();
  await once(server, "close");
  return port;
}

describe("a running bot that is watched", () => {
  it("tells which platforms are connected, and counts without names", async () => {
    const [discord, slack, port] = [await startFakeDiscord(), await startFakeSlack(), await freePort()];
    ends.push(discord.stop, slack.stop);
    const bot = startBot({
      DISCORD_TOKEN: discord.token,
      DISCORD_API_URL: discord.apiUrl,
      SLACK_BOT_TOKEN: slack.team.botToken,
      SLACK_APP_TOKEN: slack.appToken,
      SLACK_API_URL: slack.apiUrl,
      SANDBOX_TOTAL: "0",
      HEALTH_PORT: String(port),
    });
    ends.push(async () => {
      bot.child.kill("SIGKILL");
      await bot.ended;
    });
    await Promise.all([bot.printed(/ready: discord/), bot.printed(/ready: slack/)]);
    const get = (path: string) => fetch(`http://127.0.0.1:${port}${path}`);
    const parts = async () => ((await (await get("/readyz")).json()) as { parts: object }).parts;
    expect(await parts()).toEqual({ store: true, discord: true, slack: true });

    const ada = discord.as("Ada Lovelace");
    await ada.answerTo(ada.mention("what is a layer?"));
    await slack.as("bob").slash(slack.channel.id, "topics");
    await slack.world.until(() => slack.channel.messages.some(({ onlyFor }) => onlyFor), "an answer on Slack");
    const text = await (await get("/metrics")).text();
    for (const line of [
      'bakehouse_commands_total{command="ask"} 1',
      'bakehouse_commands_total{command="topics"} 1',
      'bakehouse_questions_total{outcome="answered"} 1',
      'bakehouse_questions_total{outcome="unanswered"} 0',
      'bakehouse_log_events_total{level="error"} 0',
      "bakehouse_sandboxes 0",
      "bakehouse_quizzes 0",
      "bakehouse_outbox_waiting 0",
      'bakehouse_connected{platform="discord"} 1',
      'bakehouse_connected{platform="slack"} 1',
    ])
      expect(text.split("\n")).toContain(line);
    expect(text).toMatch(/^bakehouse_event_loop_delay_seconds\{quantile="0\.99"\} 0\.\d+$/m);
    expect(text).toMatch(/^process_resident_memory_bytes \d{7,}$/m);
    expect(text).not.toMatch(new RegExp(`Ada|layer|${ada.user.id}|${discord.world.guild.id}|${slack.team.id}`));

    discord.gateway.refuse(1000);
    discord.gateway.cut();
    await expect.poll(parts, { timeout: 20_000 }).toEqual({ store: true, discord: false, slack: true });
    discord.gateway.refuse(0);
    await expect.poll(parts, { timeout: 20_000 }).toEqual({ store: true, discord: true, slack: true });
  });
});
