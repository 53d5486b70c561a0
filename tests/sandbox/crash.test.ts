import { spawn } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { afterAll, describe, expect, test, vi } from "vitest";
import { labelFilters } from "../../src/sandbox/sweep.ts";
import { engine, testBase, theEngine } from "../harness/engine.ts";
import { openTestSandboxes, type TestSandboxes } from "../harness/sandboxes.ts";

/** `CRASH_KILLS=60` is the full size. */
const kills = Number(process.env.CRASH_KILLS ?? 6);
const bot = fileURLToPath(new URL("crash-bot.ts", import.meta.url));

interface Told {
  learner: string;
  has: string | null;
  doing: string;
}

/** Runs the bot until it is killed; resolves with what every learner was told last. */
async function runAndKill(dataDir: string, after: number): Promise<Map<string, Told>> {
  const child = spawn(process.execPath, [bot, dataDir, testBase], { stdio: ["ignore", "pipe", "inherit"] });
  const told = new Map<string, Told>();
  const up = Promise.withResolvers<void>();
  let rest = "";
  child.stdout.on("data", (chunk: Buffer) => {
    const lines = (rest + chunk.toString()).split("\n");
    rest = lines.pop() ?? "";
    for (const line of lines) {
      const one = JSON.parse(line) as Told;
      if (one.learner) told.set(one.learner, one);
      else up.resolve();
    }
  });
  const ended = new Promise<string | null>((resolve) => child.on("close", (_, signal) => resolve(signal)));
  await Promise.race([up.promise, ended]);
  await new Promise((resolve) => setTimeout(resolve, after));
  child.kill("SIGKILL");
  expect(await ended, "the bot was killed and did not fall over by itself").toBe("SIGKILL");
  return told;
}

describe.skipIf(!engine)("a bot that is killed", () => {
  const dataDir = mkdtempSync(join(tmpdir(), "bakehouse-crash-"));
  let last: TestSandboxes | undefined;
  afterAll(async () => {
    await last?.close();
    rmSync(dataDir, { recursive: true, force: true });
  });

  test(`leaves no orphans, no learner without what they were told they have, and nobody with two (${kills} kills)`, {
    timeout: 60_000 + kills * 20_000,
  }, async () => {
    const known = new Map<string, Told>();
    for (let kill = 0; kill < kills; kill++) {
      for (const [learner, one] of await runAndKill(dataDir, 50 + Math.random() * 1500)) known.set(learner, one);
      const test = await openTestSandboxes({ dataDir, settings: { pool: 1 } });
      const rows = await test.store.read.selectFrom("sandbox").selectAll().execute();
      const instance = await test.store.read.selectFrom("sandbox_host").selectAll().executeTakeFirstOrThrow();
      for (const [learner, { has, doing }] of known) {
        const view = await test.sandboxes.find(`test:${learner}`);
        const moment = `${learner}, while doing ${doing || "nothing"}`;
        if (has === null && !doing) expect(view, moment).toBeUndefined();
        if (has !== null && doing !== "stop") expect(view, moment).toBeDefined();
        if (has !== null && view && doing !== "reset" && doing !== "stop") expect(view.container, moment).toBe(has);
        if (view) expect((await test.engine.containers.inspect(view.container)).state.running).toBe(true);
        known.set(learner, { learner, has: view?.container ?? null, doing: "" });
      }
      const ready = rows.filter(({ state }) => state === "ready");
      expect(new Set(ready.map(({ container }) => container)).size).toBe(ready.length);
      // A request of the killed process may make its container a moment later; the second sweep finds it.
      await vi.waitFor(
        async () => {
          const there = await theEngine().containers.list({ labels: labelFilters(instance.value) });
          expect(there).toHaveLength(ready.length + 1);
        },
        { timeout: 15_000, interval: 100 },
      );
      if (kill === kills - 1) last = test;
      else await test.abandon();
    }
  });
});
