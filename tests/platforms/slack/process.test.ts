import { mkdtempSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, it } from "vitest";
import { startBot } from "../../harness/bot.ts";
import { startFakeSlack } from "../../harness/slack/fake-slack.ts";
import { wordsOf } from "../../harness/slack/reading.ts";

it("answers as a process of its own, comes back after kill -9 to what it missed, and ends on SIGTERM", async () => {
  const fake = await startFakeSlack({ ackMs: 20_000 });
  const environment = {
    DATA_DIR: mkdtempSync(join(tmpdir(), "bakehouse-slack-")),
    SLACK_BOT_TOKEN: fake.team.botToken,
    SLACK_APP_TOKEN: fake.appToken,
    SLACK_API_URL: fake.apiUrl,
    DOCKER_HOST: "unix:///nowhere/docker.sock",
  };
  const ada = fake.as("ada");
  const channel = fake.channel.id;
  const answers = () => ada.sees(channel).filter(({ blocks }) => /layer/i.test(wordsOf(blocks)));

  const first = startBot(environment);
  await fake.delivery.connected();
  await ada.mention(channel, "what is a layer?");
  await fake.world.until(() => answers().length === 1);
  first.child.kill("SIGKILL");
  await first.ended;
  await fake.world.until(() => fake.delivery.sockets.size === 0);

  const missed = ada.mention(channel, "what is a layer, really?");
  const second = startBot(environment);
  await missed;
  await fake.world.until(() => answers().length === 2);
  await ada.slash(channel, "concept layers");
  const own = await fake.world.until(() => answers().find(({ onlyFor }) => onlyFor === ada.id));
  await ada.press(own, "More details");
  await fake.world.until(() => answers().length === 4);
  second.child.kill("SIGTERM");
  expect(await second.ended).toMatchObject({ status: 0, stderr: "" });
  await fake.stop();
  expect(fake.problems).toEqual([]);
});
