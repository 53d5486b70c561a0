import { mkdtempSync, readdirSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { DatabaseSync } from "node:sqlite";
import { afterEach, describe, expect, it } from "vitest";
import { startBot } from "../harness/bot.ts";
import { engine, testBase, theEngine } from "../harness/engine.ts";
import { openDiscordGroup } from "./discord-group.ts";
import { endBot } from "./ends.ts";
import type { Group } from "./group.ts";
import { readKept } from "./kept.ts";
import { createStudy } from "./study.ts";

type Bot = ReturnType<typeof startBot>;
let undo: (() => unknown)[] = [];
afterEach(async () => {
  for (const each of undo.reverse()) await each();
  undo = [];
});

const show = "show stop-keeps-rm-loses guess:1";
const build = "docker build -t slow - <<'EOF'\nFROM cake\nRUN sleep 300\nEOF";

/** A bot on the tests' engine with a folder for temporary files of its own. */
function start(environment: Record<string, string>, dataDir = mkdtempSync(join(tmpdir(), "bakehouse-work-"))) {
  const temporary = mkdtempSync(join(tmpdir(), "bakehouse-tmp-"));
  const bot = startBot({
    ...{ SANDBOX_TOTAL: "4", SANDBOX_POOL: "1", CAKE_BASE: testBase, TMPDIR: temporary },
    ...(process.env.DOCKER_HOST && { DOCKER_HOST: process.env.DOCKER_HOST }),
    ...environment,
    DATA_DIR: dataDir,
  });
  undo.push(() => bot.child.kill("SIGKILL"));
  return { bot, dataDir, temporary };
}

/** What this bot has on the engine. */
async function thingsOf(dataDir: string) {
  const database = new DatabaseSync(join(dataDir, "bakehouse.db"), { readOnly: true });
  const row = database.prepare("select value from sandbox_host where name = 'instance'").get();
  database.close();
  const labels = [`tutor.instance=${row?.value}`];
  const containers = await theEngine().containers.list({ labels });
  const images = await theEngine().images.list({ all: true, labels });
  return { containers, images: images.map(({ id }) => id) };
}

/** Resolves when a container of that purpose runs. */
const runs = (dataDir: string, purpose: string) =>
  expect.poll(async () => purposesIn(await thingsOf(dataDir)), { timeout: 90_000, interval: 50 }).toContain(purpose);

type Things = Awaited<ReturnType<typeof thingsOf>>;
const purposesIn = ({ containers }: Things) =>
  containers.filter(({ state }) => state === "running").map(({ labels }) => labels["tutor.purpose"]);

async function leavesNothing({ bot, dataDir, temporary }: ReturnType<typeof start>, signal: NodeJS.Signals) {
  expect(await endBot(bot, signal)).toMatchObject({ status: 0 });
  expect(await thingsOf(dataDir)).toEqual({ containers: [], images: [] });
  expect(readdirSync(temporary)).toEqual([]);
}

describe.skipIf(!engine).each(["SIGTERM", "SIGHUP"] as const)("%s", (signal) => {
  describe.each([
    ["an experiment runs", show, "line"],
    ["a build runs", build, "build"],
  ])("while %s", (_, line, purpose) => {
    it("ends the terminal in time and leaves nothing behind", { timeout: 180_000 }, async () => {
      const run = start({});
      run.bot.write("what is a layer\n");
      await run.bot.printed(/Helpful/);
      await runs(run.dataDir, "pool");
      run.bot.write(`${line}\n`);
      await runs(run.dataDir, purpose);
      await leavesNothing(run, signal);
    });

    it("ends a bot in chat in time and leaves nothing behind", { timeout: 180_000 }, async () => {
      const group = await openDiscordGroup(["Ada"]);
      undo.push(() => group.stop());
      const run = start(group.environment);
      await ready(run.bot);
      await runs(run.dataDir, "pool");
      group.command("Ada", line);
      await runs(run.dataDir, purpose);
      await leavesNothing(run, signal);
    });
  });
});

describe.each(["SIGTERM", "SIGHUP"] as const)("%s in the middle of a quiz", (signal) => {
  it("loses no answer, and the round goes on at the next start", { timeout: 180_000 }, async () => {
    const group = await openDiscordGroup(["Ada", "Lin"]);
    undo.push(() => group.stop());
    const study = createStudy(group, { questions: 2 });
    const environment = { ...group.environment, SANDBOX_TOTAL: "0" };
    const first = start(environment);
    await ready(first.bot);
    await studyUntil(group, study, () => study.answers().some(({ told }) => told));
    study.close();
    expect(await endBot(first.bot, signal)).toMatchObject({ status: 0 });
    expect(readdirSync(first.temporary)).toEqual([]);
    await group.killed();
    expect(readKept(first.dataDir).rounds).toMatchObject([{ live: 1 }]);

    const second = start(environment, first.dataDir);
    await ready(second.bot);
    await studyUntil(group, study, () => study.idle());
    expect(await endBot(second.bot, signal)).toMatchObject({ status: 0, stderr: "" });

    const { rounds, answers, points, unsent } = readKept(first.dataDir);
    expect(rounds).toMatchObject([{ live: 0 }]);
    expect(answers).toHaveLength(2 * group.people.length);
    for (const who of group.people) {
      const own = answers.filter(({ learner }) => learner === group.learner(who));
      const score = points.find(({ learner }) => learner === group.learner(who));
      expect(score).toMatchObject({ answers: own.length, points: own.filter(({ correct }) => correct === 1).length });
    }
    expect(unsent).toEqual([]);
  });
});

async function ready(bot: Bot): Promise<void> {
  const ended = bot.ended.then(({ stderr }) => Promise.reject(new Error(`the bot ended: ${stderr}`)));
  await Promise.race([bot.printed(/ready: discord/), ended]);
}

/** Lets people play until `enough`. */
async function studyUntil(group: Group, study: ReturnType<typeof createStudy>, enough: () => boolean): Promise<void> {
  const over = new AbortController();
  const living = study.live(over.signal);
  try {
    await group.until(enough, () => `nothing goes on: ${JSON.stringify(group.posts().slice(-3))}`);
  } finally {
    over.abort();
    await living;
  }
}
