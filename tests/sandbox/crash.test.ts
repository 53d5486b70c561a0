import { spawn } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { afterAll, describe, expect, test, vi } from "vitest";
import { createSandboxLines } from "../../src/docker-cli/sandbox-lines.ts";
import { engine, testBase, theEngine } from "../harness/engine.ts";
import { openTestSandboxes, type TestSandboxes } from "../harness/sandboxes.ts";
import type { Told } from "./crash-told.ts";

/** `CRASH_KILLS=60` is the full size. */
const kills = Number(process.env.CRASH_KILLS ?? 6);
const bot = fileURLToPath(new URL("crash-bot.ts", import.meta.url));
const moments = ["start", "run", "reset", "stop", "build", "show"];

/** How long each thing took when last seen whole (ms), so that kills fall on all parts of it. */
const lengths = new Map<string, number>();
/** The bot is given so long to come to the wanted moment. */
const longest = 8000;

/** Runs the bot until it is killed, if possible in the middle of `moment`; resolves with what every learner was told last. */
async function runAndKill(dataDir: string, moment: string): Promise<Map<string, Told>> {
  const child = spawn(process.execPath, [bot, dataDir, testBase], { stdio: ["ignore", "pipe", "inherit"] });
  const told = new Map<string, Told>();
  const reached = Promise.withResolvers<void>();
  const since = new Map<string, number>();
  const hear = (one: Told) => {
    const before = told.get(one.learner)?.doing;
    if (before) lengths.set(before, performance.now() - (since.get(one.learner) ?? 0));
    since.set(one.learner, performance.now());
    told.set(one.learner, one);
    if (one.doing === moment) reached.resolve();
  };
  let rest = "";
  child.stdout.on("data", (chunk: Buffer) => {
    const lines = (rest + chunk.toString()).split("\n");
    rest = lines.pop() ?? "";
    for (const line of lines) {
      const one = JSON.parse(line) as Told;
      if (one.learner) hear(one);
      else setTimeout(reached.resolve, longest);
    }
  });
  const ended = new Promise<string | null>((resolve) => child.on("close", (_, signal) => resolve(signal)));
  await Promise.race([reached.promise, ended]);
  await new Promise((resolve) => setTimeout(resolve, Math.random() * (lengths.get(moment) ?? 300)));
  child.kill("SIGKILL");
  expect(await ended, "the bot was killed and did not fall over by itself").toBe("SIGKILL");
  return told;
}

describe.skipIf(!engine)("a bot that is killed", () => {
  const dataDir = mkdtempSync(join(tmpdir(), "bakehouse-crash-"));
  const caught = new Map(moments.map((moment) => [moment, { kills: 0, learners: 0 }]));
  let last: TestSandboxes | undefined;
  afterAll(async () => {
    await last?.close();
    rmSync(dataDir, { recursive: true, force: true });
  });

  function count(told: Iterable<Told>): void {
    const doing = [...told].map((one) => one.doing);
    for (const [moment, counts] of caught) {
      const learners = doing.filter((one) => one === moment).length;
      counts.learners += learners;
      if (learners > 0) counts.kills++;
    }
  }

  test(`leaves no orphans, no learner without what they were told they have, and nobody with two (${kills} kills)`, {
    timeout: 60_000 + kills * 30_000,
  }, async () => {
    const known = new Map<string, Told>();
    for (let kill = 0; kill < kills; kill++) {
      const told = await runAndKill(dataDir, moments[kill % moments.length] ?? "");
      count(told.values());
      for (const [learner, one] of told) known.set(learner, one);
      last = await openTestSandboxes({ dataDir, settings: { pool: 1 } });
      for (const one of known.values()) known.set(one.learner, await hasWhatTheyWereTold(last, one));
      await leavesNoOrphans(last);
      if (kill < kills - 1) await last.abandon();
    }
    const labels = last?.sandboxes.labelsOf("").slice(0, 1) ?? [];
    await last?.close();
    last = undefined;
    expect(await theEngine().containers.list({ labels })).toEqual([]);
    expect(await theEngine().images.list({ all: true, labels })).toEqual([]);
    const shown = [...caught].map(([moment, many]) => `${moment} ${many.kills} (${many.learners} learners)`);
    console.log(`${kills} kills; in the middle of: ${shown.join(", ")}`);
  });
});

/** Checks one learner; resolves with what they have now. */
async function hasWhatTheyWereTold({ sandboxes, engine }: TestSandboxes, told: Told): Promise<Told> {
  const { learner, has, images, doing } = told;
  const owner = `test:${learner}`;
  const view = await sandboxes.find(owner);
  const moment = `${learner}, while doing ${doing || "nothing"}`;
  if (has === null && !["start", "run"].includes(doing)) expect(view, moment).toBeUndefined();
  if (has !== null && doing !== "stop") expect(view, moment).toBeDefined();
  if (has !== null && view && doing !== "reset" && doing !== "stop") expect(view.container, moment).toBe(has);
  if (view) expect((await engine.containers.inspect(view.container)).state.running, moment).toBe(true);
  const lines = createSandboxLines(sandboxes);
  const there = view ? await lines.complete("image", "menu", { owner, slot: 0 }) : [];
  if (view && doing !== "stop") expect(there, moment).toEqual(expect.arrayContaining(images));
  return { learner, has: view?.container ?? null, images: there, doing: "" };
}

/** Nothing is on the engine but the pool, learners' sandboxes, and images and names of learners who have one. */
async function leavesNoOrphans({ sandboxes, engine, store }: TestSandboxes): Promise<void> {
  const rows = await store.read.selectFrom("sandbox").selectAll().execute();
  const ready = rows.filter(({ state }) => state === "ready");
  expect(new Set(ready.map(({ container }) => container)).size, "a container of two learners").toBe(ready.length);
  const [installation = ""] = sandboxes.labelsOf("");
  const learners = rows.map(({ learner }) => learner);
  const names = learners.map((learner) => sandboxes.namesOf(learner));
  const prefix = sandboxes.namesOf("").image({ repository: "" }).slice(0, "t-01234567".length);
  // A request of the killed process may make its container a moment later; the second sweep finds it.
  await vi.waitFor(
    async () => {
      const containers = await engine.containers.list({ labels: [installation] });
      const claimed = containers.filter(({ id }) => ready.some(({ container }) => container === id));
      expect(claimed, "learners' containers").toHaveLength(ready.length);
      expect(containers, "learners' containers and the pool's").toHaveLength(ready.length + 1);
      const images = await engine.images.list({ all: true, labels: [installation] });
      const owners = images.map(({ labels }) => labels["tutor.owner"]);
      expect(
        owners.filter((owner) => !learners.includes(owner ?? "")),
        "images of nobody",
      ).toEqual([]);
      const references = (await engine.images.list()).flatMap((image) => image.references);
      const strange = references.filter(
        (one) => one.startsWith(prefix) && names.every(({ shownImage }) => shownImage(one) === undefined),
      );
      expect(strange, "names of nobody").toEqual([]);
    },
    { timeout: 20_000, interval: 200 },
  );
}
