import { afterEach, expect } from "vitest";
import { silentLog } from "../../../src/core/log.ts";
import type { App } from "../../../src/core/platform.ts";
import { createSlack, type SlackOptions } from "../../../src/platforms/slack/slack.ts";
import { type FakeSlack, type FakeSlackOptions, startFakeSlack } from "../../harness/slack/fake-slack.ts";

/** How Slack reaches the app. */
export type Mode = "socket" | "http";

const open: { slack: { stop(): Promise<void> }; fake: FakeSlack; allowed: RegExp[] }[] = [];

/** Connects the platform to a fake workspace of its own; both end with the test, which fails when the fake has noted a problem. */
export async function connectSlack(
  app: App,
  mode: Mode,
  options: Partial<SlackOptions> & { fake?: FakeSlackOptions } = {},
) {
  const { fake: fakeOptions, ...more } = options;
  const fake = await startFakeSlack(fakeOptions);
  const slack = createSlack({
    botToken: fake.team.botToken,
    apiUrl: fake.apiUrl,
    log: silentLog,
    ...(mode === "socket" ? { appToken: fake.appToken } : { signingSecret: fake.signingSecret, port: 0 }),
    ...more,
  });
  const entry = { slack, fake, allowed: [] as RegExp[] };
  open.push(entry);
  await slack.start(app);
  if (mode === "socket") await fake.delivery.connected();
  else fake.delivery.requestUrl = `http://127.0.0.1:${slack.port()}/slack/events`;
  return {
    fake,
    slack,
    ada: fake.as("ada"),
    bob: fake.as("bob"),
    mia: fake.as("mia"),
    channel: fake.channel.id,
    /** Problems that this test causes on purpose. */
    allow: (pattern: RegExp) => void entry.allowed.push(pattern),
  };
}

afterEach(async () => {
  const ended = open.splice(0);
  for (const { slack, fake } of ended) {
    await slack.stop();
    await fake.world.until(() => fake.delivery.sockets.size === 0, "the closed socket");
    await fake.stop();
  }
  for (const { fake, allowed } of ended) {
    expect(fake.problems.filter((one) => !allowed.some((pattern) => pattern.test(one)))).toEqual([]);
  }
});
