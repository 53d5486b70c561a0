import { spawn } from "node:child_process";
import { readFileSync } from "node:fs";
import { botCommand } from "./bot-command.ts";
import { report, spread } from "./measure.ts";

/** From process start to the first answered line of the terminal, beside a bare `node -e 0`, in turns; and the bot's memory then. */
export async function benchStart(): Promise<void> {
  const bare: number[] = [];
  const bot: number[] = [];
  let memory = 0;
  for (let round = 0; round < 12; round++) {
    const one = await run(["-e", "0"], "");
    const two = await run(botCommand, "topics\n");
    if (round === 0) continue;
    bare.push(one.ms);
    bot.push(two.ms);
    memory = Math.max(memory, two.rssMiB);
  }
  const [a, b] = [spread(bare), spread(bot)];
  report("start", {
    unit: "ms",
    p50: b.p50,
    p99: b.p99,
    n: b.n,
    bare_p50: a.p50,
    more_than_bare: b.p50 - a.p50,
    rss_MiB: memory,
  });
}

/** Resolves with the time to the first output, or to the end when there is none. */
function run(args: string[], input: string): Promise<{ ms: number; rssMiB: number }> {
  const { promise, resolve, reject } = Promise.withResolvers<{ ms: number; rssMiB: number }>();
  const start = performance.now();
  const child = spawn(process.execPath, args, {
    stdio: ["pipe", "pipe", "inherit"],
    env: { ...process.env, LOG_LEVEL: "silent" },
  });
  let ms = 0;
  let rssMiB = 0;
  child.stdout.on("data", () => {
    if (ms) return;
    ms = performance.now() - start;
    rssMiB = residentMiB(child.pid);
    child.stdin.end();
  });
  child.on("error", reject);
  child.on("close", () => resolve({ ms: ms || performance.now() - start, rssMiB }));
  if (input) child.stdin.write(input);
  return promise;
}

function residentMiB(pid: number | undefined): number {
  try {
    return Number(/VmRSS:\s+(\d+)/.exec(readFileSync(`/proc/${pid}/status`, "utf8"))?.[1] ?? 0) / 1024;
  } catch {
    return 0;
  }
}
