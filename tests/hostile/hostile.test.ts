import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { type HostileBot, openHostileBot } from "../../scripts/hostile/hostile-bot.ts";
import { describeInput, hostileInputs, type Input } from "../../scripts/hostile/inputs.ts";
import { kinds } from "../../scripts/hostile/kinds.ts";
import { runHostile } from "../../scripts/hostile/run-hostile.ts";
import { engine, testBase } from "../harness/engine.ts";

/** A tenth of what `npm run hostile` does. */
const sample = 1000;

describe("hostile inputs", () => {
  let bot: HostileBot;
  const dataDir = mkdtempSync(join(tmpdir(), "hostile-"));

  beforeAll(async () => {
    bot = await openHostileBot({
      DATA_DIR: dataDir,
      ...(engine && { DOCKER_HOST: process.env.DOCKER_HOST ?? engine.host, CAKE_BASE: testBase }),
    });
  }, 120_000);
  afterAll(async () => {
    await bot.close();
    rmSync(dataDir, { recursive: true });
  }, 60_000);

  const all = () => hostileInputs(bot.app.commands, { many: 5000, seed: 1 });

  test("are at least 5,000, the same for the same seed, of every kind, by every way in, for every command and option", () => {
    const inputs = all();
    expect(inputs.length).toBeGreaterThanOrEqual(5000);
    expect(all().map(describeInput)).toEqual(inputs.map(describeInput));
    const seen = new Set(inputs.map(({ kind }) => kind));
    expect(Object.keys(kinds).filter((kind) => !seen.has(kind))).toEqual([]);
    expect(new Set(inputs.map(({ via }) => via))).toEqual(
      new Set(["text", "slack", "talk", "line", "options", "press", "complete"]),
    );
    const hostile = new Set(
      inputs.flatMap((input) =>
        input.via === "options" ? Object.keys(input.options).map((option) => `${input.command} ${option}`) : [],
      ),
    );
    const missed = bot.app.commands.flatMap(({ name, options }) =>
      Object.keys(options.shape).filter((option) => !hostile.has(`${name} ${option}`)),
    );
    expect(missed).toEqual([]);
  });

  test("are all answered in words, and nobody else waits long for one of them", async () => {
    const inputs: Input[] = all().slice(0, sample);
    const { stalls, faults, memoryGrowth } = await runHostile(bot, inputs);
    expect(faults).toEqual([]);
    const [worst] = stalls;
    expect(worst?.milliseconds ?? 0, worst && describeInput(worst.input)).toBeLessThan(100);
    expect(memoryGrowth).toBeLessThan(128 * 1024 * 1024);
  }, 400_000);
});
