import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { parseArgs } from "node:util";
import { openHostileBot } from "./hostile/hostile-bot.ts";
import { describeInput, hostileInputs } from "./hostile/inputs.ts";
import { runHostile } from "./hostile/run-hostile.ts";

/** The longest that anybody else may wait for one input (ms), and what all of them may cost in memory (bytes). */
const limits = { stall: 50, memory: 64 * 1024 * 1024 };

const megabytes = (bytes: number) => Math.round(bytes / 1024 / 1024);

const { values } = parseArgs({
  options: { inputs: { type: "string", default: "8000" }, seed: { type: "string", default: "1" } },
});
const dataDir = mkdtempSync(join(tmpdir(), "hostile-"));
const { CAKE_BASE, DOCKER_HOST } = process.env;
const bot = await openHostileBot({
  DATA_DIR: dataDir,
  ...(CAKE_BASE && { CAKE_BASE }),
  ...(DOCKER_HOST && { DOCKER_HOST }),
});
const inputs = hostileInputs(bot.app.commands, { many: Number(values.inputs), seed: Number(values.seed) });
console.log(
  `${inputs.length} inputs of seed ${values.seed}, ${bot.engine ? `on the engine at ${DOCKER_HOST}` : "without an engine (DOCKER_HOST)"}`,
);
const { stalls, faults, memoryGrowth, largestJump } = await runHostile(bot, inputs, (done, memory) =>
  console.log(`  ${done} inputs, ${megabytes(memory)} MB …`),
);
const longest = stalls[0]?.milliseconds ?? 0;
console.log("process: alive");
console.log(`inputs: ${inputs.length}`);
console.log(`longest stall: ${longest < 15 ? "under 15" : longest.toFixed(0)} ms (limit ${limits.stall})`);
for (const { input, milliseconds } of stalls.slice(0, 25))
  if (milliseconds >= 15) console.log(`  ${milliseconds.toFixed(0)} ms: ${describeInput(input)}`);
console.log(`memory growth: ${megabytes(memoryGrowth)} MB (limit ${megabytes(limits.memory)})`);
if (largestJump && largestJump.bytes > 8 * 1024 * 1024)
  console.log(`  ${megabytes(largestJump.bytes)} MB of it at ${describeInput(largestJump.input)}`);
console.log(`not answered in words: ${faults.length}`);
for (const { input, fault } of faults.slice(0, 10))
  console.log(`  ${input}\n    ${fault.split("\n").slice(0, 6).join("\n    ")}`);
await bot.close();
rmSync(dataDir, { recursive: true });
if (longest > limits.stall || memoryGrowth > limits.memory || faults.length) process.exitCode = 1;
