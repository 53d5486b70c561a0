import { mkdtempSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { PassThrough, Writable } from "node:stream";
import { openLibrary } from "../../src/curriculum/library.ts";
import { createTerminal } from "../../src/platforms/terminal/terminal.ts";
import type { Driver, Seen } from "./conversation.ts";
import { startTalkingBot } from "./talking-bot.ts";

/** The real terminal platform, typed into and read from, with a clock that only `wait` moves. */
export async function createTerminalDriver(contentDir: string): Promise<Driver & { transcript(): string }> {
  const dataDir = mkdtempSync(join(tmpdir(), "bakehouse-talk-"));
  const library = openLibrary([contentDir]);
  let now = Date.UTC(2026, 0, 5, 9);
  const seen: Seen[] = [];
  const typed: string[] = [];
  let bot = await start();

  async function start() {
    const input = new PassThrough();
    let answered = Promise.withResolvers<void>();
    const output = new Writable({
      write(chunk, _, done) {
        note(String(chunk));
        done();
      },
    });
    const terminal = createTerminal({
      input,
      output,
      dataDir,
      async settled() {
        await talking.settle();
        answered.resolve();
      },
    });
    const talking = await startTalkingBot(terminal, library, dataDir, () => now);
    return {
      ...talking,
      async type(line: string) {
        answered = Promise.withResolvers();
        input.write(`${line}\n`);
        await answered.promise;
      },
    };
  }

  function note(printed: string) {
    const text = printed.replace(/\n+$/, "");
    if (!text) return;
    typed.push(text);
    const mine = /^\(only (\S+) sees this\)\n/.exec(text);
    seen.push(mine?.[1] ? { only: mine[1], text: text.slice(mine[0].length) } : { text });
  }

  /** At the keyboard sits the teacher; everybody else is named. */
  async function type(who: string, line: string) {
    const words = who === "teacher" ? line : `as ${who}: ${line}`;
    typed.push(`> ${words}`);
    await bot.type(words);
  }

  return {
    say: type,
    press: type,
    wait: (ms) =>
      bot.wait(ms, (to) => {
        now = to;
      }),
    async restart() {
      await bot.stop();
      bot = await start();
    },
    seen: () => seen.splice(0),
    transcript: () => typed.join("\n\n"),
    close: () => bot.stop(),
  };
}
