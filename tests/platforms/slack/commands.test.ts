import { mkdtempSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { type Bakehouse, createBakehouse } from "../../../src/app.ts";
import { readConfig } from "../../../src/config.ts";
import { silentLog } from "../../../src/core/log.ts";
import type { Invocation } from "../../../src/core/platform.ts";
import { createSlack, type Slack } from "../../../src/platforms/slack/slack.ts";
import { type FakeSlack, startFakeSlack } from "../../harness/slack/fake-slack.ts";
import { labels } from "../../harness/slack/reading.ts";
import type { Json, SlackMessage } from "../../harness/slack/world.ts";

/** How many controls are pressed at most, so that the test ends. */
const most = 250;

describe.each(["socket", "http"] as const)("every command and every control on Slack over %s", (mode) => {
  let fake: FakeSlack;
  let bot: Bakehouse;
  let slack: Slack;
  const asked: Invocation[] = [];
  const failures: string[] = [];

  beforeAll(async () => {
    // The fake shares the process with commands that read all content, so only its patience is long.
    fake = await startFakeSlack({ ackMs: 60_000 });
    const log = {
      ...silentLog,
      error: (event: string, details?: Record<string, unknown>) =>
        void failures.push(`${event} ${String(details?.error)}`),
    };
    bot = await createBakehouse(
      readConfig({
        DATA_DIR: mkdtempSync(join(tmpdir(), "bakehouse-slack-")),
        DOCKER_HOST: "unix:///nowhere/docker.sock",
      }),
      log,
    );
    slack = createSlack({
      botToken: fake.team.botToken,
      apiUrl: fake.apiUrl,
      log,
      throttle: { points: 100_000, duration: 60 },
      ...(mode === "socket" ? { appToken: fake.appToken } : { signingSecret: fake.signingSecret, port: 0 }),
    });
    const { dispatch } = bot.app;
    await slack.start({
      ...bot.app,
      dispatch(invocation, signal) {
        asked.push(invocation);
        return dispatch(invocation, signal);
      },
    });
    if (mode === "http") fake.delivery.requestUrl = `http://127.0.0.1:${slack.port()}/slack/events`;
    await bot.start([slack]);
  });
  afterAll(async () => {
    await bot.park();
    await slack.stop();
    await bot.close();
    await fake.stop();
  });

  it("is drawn within Slack's limits and does what it says", async () => {
    const mia = fake.as("mia");
    const channel = fake.channel.id;
    const settle = async () => {
      await slack.settled();
      await bot.settled();
    };
    const lines = bot.app.commands.flatMap(({ name, examples, hidden }) => (hidden ? [] : [name, ...(examples ?? [])]));
    for (const line of lines.filter((one) => !/^progress forget/.test(one))) {
      await mia.slash(channel, line);
      await mia.mention(channel, line);
      await settle();
    }
    expect(new Set(asked.map(({ command }) => command))).toEqual(
      new Set(
        bot.app.commands.filter(({ name, hidden }) => !hidden && name !== "progress forget").map(({ name }) => name),
      ),
    );

    const pressed = new Set<string>();
    const open = (): { message: SlackMessage; element: Json } | undefined => {
      for (const place of [channel, mia.direct().id]) {
        for (const message of mia.sees(place)) {
          for (const block of message.blocks.filter(({ type }) => type === "actions")) {
            for (const element of block.elements as Json[]) {
              const key = `${String(element.action_id).replace(/\d+/, "")} ${String(element.value ?? "").replace(/(round|solo|run)=[^&]+/, "$1")}`;
              if (pressed.has(key)) continue;
              pressed.add(key);
              return { message, element };
            }
          }
        }
      }
      return undefined;
    };
    for (let next = open(); next && pressed.size < most; next = open()) {
      const { message, element } = next;
      const label = String(((element.text ?? element.placeholder) as Json).text);
      if (!labels(message.blocks).includes(label)) continue;
      if (element.type === "static_select") {
        const [first] = element.options as Json[];
        await mia.choose(message, label, String((first?.text as Json | undefined)?.text));
      } else await mia.press(message, label);
      await settle();
      if (mia.modal()) {
        await mia.submit("ls");
        await settle();
      }
    }
    expect(pressed.size).toBeGreaterThan(60);
    expect(failures).toEqual([]);
    expect(fake.problems).toEqual([]);
  }, 300_000);
});
