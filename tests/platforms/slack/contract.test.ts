import { silentLog } from "../../../src/core/log.ts";
import type { App } from "../../../src/core/platform.ts";
import { createSlack } from "../../../src/platforms/slack/slack.ts";
import { type PlatformBed, platformContract } from "../../contracts/platform.ts";
import { startFakeSlack } from "../../harness/slack/fake-slack.ts";
import { labels, readMrkdwn, wordsOf } from "../../harness/slack/reading.ts";
import type { SlackMessage } from "../../harness/slack/world.ts";

type Where = { mode: "socket" | "http"; direct: boolean };

const openBed =
  ({ mode, direct }: Where) =>
  async (app: App): Promise<PlatformBed> => {
    const fake = await startFakeSlack();
    const platform = createSlack({
      botToken: fake.team.botToken,
      apiUrl: fake.apiUrl,
      log: silentLog,
      ...(mode === "socket" ? { appToken: fake.appToken } : { signingSecret: fake.signingSecret, port: 0 }),
    });
    await platform.start(app);
    if (mode === "http") fake.delivery.requestUrl = `http://127.0.0.1:${platform.port()}/slack/events`;
    const ada = fake.as("ada");
    const channel = direct ? ada.direct().id : fake.channel.id;
    const place = { platform: "slack", workspace: fake.team.id, channel, ...(direct && { direct: true }) };
    const seen = () => ada.sees(channel);
    const wordsIn = (message: SlackMessage) =>
      [
        readMrkdwn(message.text),
        wordsOf(message.blocks),
        ...labels(message.blocks),
        ...message.files.map(({ name }) => name),
        message.plan?.title ?? "",
        ...[...(message.plan?.tasks.values() ?? [])].map(({ title }) => title),
      ].join("\n");
    const finals = /Now at (?!9)/;

    /** What is new or changed once the bot has come to rest. */
    async function answerTo(deed: () => Promise<unknown>): Promise<string> {
      const before = new Map(seen().map((one) => [one, one.versions.length]));
      await deed();
      const fresh = () => seen().filter((one) => one.versions.length !== before.get(one));
      await fake.world.until(() => {
        const all = fresh();
        const waitsForFile = all.some((one) => /\.png/.test(wordsIn(one)) || /is below/.test(wordsIn(one)));
        return (
          all.length > 0 &&
          !all.some(({ streaming }) => streaming) &&
          !finals.test(all.map(wordsIn).join("\n")) &&
          (!waitsForFile || all.some(({ files }) => files.length > 0))
        );
      }, "an answer");
      return fresh().map(wordsIn).join("\n");
    }
    const holder = (label: string): SlackMessage => {
      const found = seen().findLast((one) => labels(one.blocks).includes(label));
      if (!found) throw new Error(`Ada sees no "${label}"`);
      return found;
    };

    return {
      platform,
      place,
      gone: { platform: "slack", workspace: fake.team.id, channel: "C0GONE" },
      // Reading a channel back needs a scope the app does not ask for.
      idempotent: direct,
      replaces: true,
      say: (text) => answerTo(() => (direct ? ada.dm(text) : ada.mention(channel, text))),
      press: (label) => answerTo(() => ada.press(holder(label), label)),
      choose: (label) => answerTo(() => ada.choose(holder("Pick one"), "Pick one", label)),
      fill: (label, text) =>
        answerTo(async () => {
          await ada.press(holder(label), label);
          await fake.world.until(() => ada.modal(), "the form");
          await ada.submit(text);
        }),
      async sees(text) {
        await fake.world.until(() => seen().some((one) => wordsIn(one).includes(text)), `"${text}"`);
      },
      shown: async () => seen().map(wordsIn),
      async close() {
        await platform.stop();
        await fake.stop();
        if (fake.problems.length > 0) throw new Error(fake.problems.join("\n"));
      },
    };
  };

platformContract("slack, a channel over Socket Mode", openBed({ mode: "socket", direct: false }));
platformContract("slack, a direct message over Socket Mode", openBed({ mode: "socket", direct: true }));
platformContract("slack, a channel over HTTP", openBed({ mode: "http", direct: false }));
