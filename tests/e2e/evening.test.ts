import { mkdtempSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { describe, expect, it } from "vitest";
import { startBot } from "../harness/bot.ts";
import { engine, testBase, theEngine } from "../harness/engine.ts";
import { openDiscordTable } from "./discord-table.ts";
import { spendEvening } from "./evening.ts";
import { openSlackTable } from "./slack-table.ts";
import { createTranscript } from "./transcript.ts";

const golden = (name: string) => fileURLToPath(new URL(`../golden/evening/${name}.md`, import.meta.url));
const about =
  "Six people, one bot, and the bot is restarted in the middle of the quiz. Written by `tests/e2e/evening.test.ts`; ids, times and sizes stand for whatever they were.";

/** The bot keeps learners' sandboxes for its next start, which does not come; the same people's next evening would meet them. */
async function removeSandboxes(learner: string): Promise<void> {
  const { containers } = theEngine();
  const [one] = await containers.list({ all: true, labels: [`tutor.owner=discord:${learner}`] });
  const instance = one?.labels["tutor.instance"];
  if (!instance) return;
  const left = await containers.list({ all: true, labels: [`tutor.instance=${instance}`] });
  await Promise.all(left.map(({ id }) => containers.remove(id, { force: true })));
}

describe.skipIf(!engine)("an evening in two study channels", () => {
  it("is served by one bot, restarted in the middle of the quiz", { timeout: 420_000 }, async () => {
    const [discord, slack] = await Promise.all([openDiscordTable(), openSlackTable()]);
    const tables = [discord, slack];
    const environment = {
      ...discord.environment,
      ...slack.environment,
      DATA_DIR: mkdtempSync(join(tmpdir(), "bakehouse-evening-")),
      CONTENT_DIR: fileURLToPath(new URL("pack", import.meta.url)),
      DOCKER_HOST: process.env.DOCKER_HOST ?? "",
      CAKE_BASE: testBase,
      LOG_LEVEL: "error",
    };
    const start = async () => {
      const bot = startBot(environment);
      await Promise.race([
        Promise.all([bot.printed(/ready: discord/), bot.printed(/ready: slack/)]),
        bot.ended.then(({ stderr }) => Promise.reject(new Error(`the bot ended: ${stderr}`))),
      ]);
      return bot;
    };
    let bot = await start();
    let arrived = 0;
    const restarted = Promise.withResolvers<void>();
    const restart = async () => {
      bot.child.kill("SIGTERM");
      expect(await bot.ended).toMatchObject({ status: 0, stderr: "" });
      bot = await start();
    };
    const interlude = () => {
      arrived += 1;
      if (arrived === tables.length) restart().then(restarted.resolve, restarted.reject);
      return restarted.promise;
    };
    const told = { discord: createTranscript(discord, about), slack: createTranscript(slack, about) };
    try {
      await Promise.all([
        spendEvening(
          discord,
          told.discord,
          {
            people: ["Ada", "Lin", "Tom", "Eva", "Sam", "Noor"],
            questions: [
              "what is the difference between an image and a container?",
              "where do my files go when I remove a container?",
              "why is my build so slow after I change one file?",
            ],
            experiment: "two-containers-one-image",
          },
          interlude,
        ),
        spendEvening(
          slack,
          told.slack,
          {
            people: ["Ida", "Max", "Ola", "Ben", "Kim", "Rui"],
            questions: [
              "what is a layer?",
              "can two containers use the same image at the same time?",
              "how do I make a port of my container reachable?",
            ],
            experiment: "image-unchanged-after-changes",
          },
          interlude,
        ),
      ]);
      bot.child.kill("SIGTERM");
      expect(await bot.ended).toMatchObject({ status: 0, stderr: "" });
    } finally {
      bot.child.kill("SIGKILL");
      await bot.ended;
      await Promise.all(tables.map((table) => table.stop()));
      await removeSandboxes(discord.discord.as("Ada").user.id);
    }
    expect(tables.flatMap((table) => table.problems())).toEqual([]);
    expect(tables.map((table) => table.count(/Quiz ended/))).toEqual([1, 1]);
    await expect(told.discord.text()).toMatchFileSnapshot(golden("discord"));
    await expect(told.slack.text()).toMatchFileSnapshot(golden("slack"));
  });
});
