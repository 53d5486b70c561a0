import { spawn } from "node:child_process";
import { mkdtempSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

const main = new URL("../../src/start.js", import.meta.url).pathname;

/** How a bot that was run as a child process ended. */
export interface BotRun {
  status: number | null;
  signal: NodeJS.Signals | null;
  stdout: string;
  stderr: string;
}

/** A bot as a real child process with a data folder of its own. */
export function startBot(environment: Record<string, string> = {}) {
  const child = spawn(process.execPath, [main], {
    stdio: ["pipe", "pipe", "pipe"],
    env: {
      PATH: process.env.PATH ?? "",
      DATA_DIR: mkdtempSync(join(tmpdir(), "bakehouse-")),
      LOG_LEVEL: "error",
      LOG_FILE: "stderr",
      ...environment,
    },
  });
  let stdout = "";
  let stderr = "";
  const waiting: { pattern: RegExp; found: () => void }[] = [];
  child.stdout.setEncoding("utf8").on("data", (chunk: string) => {
    stdout += chunk;
    for (const { pattern, found } of waiting) if (pattern.test(stdout)) found();
  });
  child.stderr.setEncoding("utf8").on("data", (chunk: string) => {
    stderr += chunk;
  });
  // A bot that ends while input is still being written closes the pipe; the test sees that in how it ended.
  child.stdin.on("error", () => {});
  const ended = new Promise<BotRun>((resolve) => {
    child.on("close", (status, signal) => resolve({ status, signal, stdout, stderr }));
  });
  return {
    child,
    ended,
    write: (text: string | Buffer) => child.stdin.write(text),
    end: () => child.stdin.end(),
    /** Resolves when all output so far matches. */
    printed: (pattern: RegExp) =>
      new Promise<void>((found) => {
        if (pattern.test(stdout)) found();
        else waiting.push({ pattern, found });
      }),
  };
}

/** Runs a bot on the given input to its end. */
export function runBot(input: string | Buffer, environment: Record<string, string> = {}): Promise<BotRun> {
  const bot = startBot(environment);
  bot.write(input);
  bot.end();
  return bot.ended;
}
