import type { HostileBot } from "./hostile-bot.ts";
import { describeInput, type Input, varied } from "./inputs.ts";
import { createStallMeter } from "./stall-meter.ts";

/** An input, and how long (ms) it held the event loop up at once. */
export interface Stall {
  input: Input;
  milliseconds: number;
}

/** What a run found. */
export interface HostileResult {
  inputs: number;
  /** The longest ones, each the shortest of four tries, longest first. */
  stalls: Stall[];
  /** Inputs that were not answered in words. */
  faults: { input: string; fault: string }[];
  /** Bytes, over what the process had when everything had been used once. */
  memoryGrowth: number;
  /** The input at which the process grew most, and by how many bytes. */
  largestJump?: { input: Input; bytes: number };
}

/** Stalls below this (ms) are not measured again. */
const remarkable = 15;
const again = 3;
/** So many first inputs compile what is needed, and do not count. */
const warmUp = 150;
const prepareEvery = 400;

/** Gives all inputs to the bot, one after the other. */
export async function runHostile(
  bot: HostileBot,
  inputs: readonly Input[],
  tell: (done: number, memory: number) => void = () => {},
): Promise<HostileResult> {
  const meter = createStallMeter();
  const faults: HostileResult["faults"] = [];
  const long: Stall[] = [];
  const measure = async (input: Input, index: number): Promise<number> => {
    meter.begin();
    const fault = await bot.take(input, index);
    if (fault) faults.push({ input: describeInput(input), fault });
    return meter.end();
  };
  await bot.warmUp();
  let start = 0;
  let most = 0;
  let largestJump: HostileResult["largestJump"];
  for (const [index, input] of inputs.entries()) {
    if (index % prepareEvery === 0) await bot.prepare();
    if (index === warmUp) start = process.memoryUsage.rss();
    const milliseconds = await measure(input, index);
    if (index >= warmUp) {
      const bytes = process.memoryUsage.rss() - most;
      if (most > 0 && bytes > (largestJump?.bytes ?? 0)) largestJump = { input, bytes };
      most += Math.max(0, bytes);
      if (milliseconds >= remarkable) long.push({ input, milliseconds });
    }
    if (index % 500 === 499) tell(index + 1, process.memoryUsage.rss());
  }
  const stalls: Stall[] = [];
  for (const { input, milliseconds } of long) {
    let shortest = milliseconds;
    for (let round = 0; round < again && shortest >= remarkable; round++)
      shortest = Math.min(shortest, await measure(varied(input, "xyz"[round] ?? ""), round));
    stalls.push({ input, milliseconds: shortest });
  }
  meter.stop();
  stalls.sort((a, b) => b.milliseconds - a.milliseconds);
  return {
    inputs: inputs.length,
    stalls,
    faults,
    memoryGrowth: Math.max(0, most - start),
    ...(largestJump && { largestJump }),
  };
}
