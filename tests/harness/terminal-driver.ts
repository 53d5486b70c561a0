import { mkdtempSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { PassThrough, Writable } from "node:stream";
import { commands } from "../../commands/index.ts";
import { createApp } from "../../src/core/dispatch.ts";
import { silentLog } from "../../src/core/log.ts";
import { openLibrary } from "../../src/curriculum/library.ts";
import { createTerminal } from "../../src/platforms/terminal/index.ts";
import { createQuiz } from "../../src/quiz/quiz.ts";
import { createLeases } from "../../src/store/leases.ts";
import { createOutbox } from "../../src/store/outbox.ts";
import { openStore } from "../../src/store/store.ts";
import { createTimers } from "../../src/store/timers.ts";
import type { Driver, Seen } from "./conversation.ts";
import { talkingServices } from "./services.ts";

/** The real terminal platform, typed into and read from, with a clock that only `wait` moves. */
export async function createTerminalDriver(contentDir: string): Promise<Driver & { transcript(): string }> {
  const dataDir = mkdtempSync(join(tmpdir(), "bakehouse-talk-"));
  const library = openLibrary([contentDir]);
  let now = Date.UTC(2026, 0, 5, 9);
  const seen: Seen[] = [];
  const typed: string[] = [];
  let bot = await start();

  async function start() {
    const store = await openStore({ dataDir, now: () => now });
    const leases = createLeases(store);
    const timers = createTimers(store);
    const input = new PassThrough();
    let answered = Promise.withResolvers<void>();
    const output = new Writable({
      write(chunk, _, done) {
        note(String(chunk));
        done();
      },
    });
    const settle = async () => {
      for (let turn = 0; turn < 20; turn += 1) {
        await outbox.flush();
        if ((await timers.fireDue()) === 0) return;
      }
    };
    const terminal = createTerminal({
      input,
      output,
      dataDir,
      async settled() {
        await settle();
        answered.resolve();
      },
    });
    const outbox = createOutbox(store, { leases, platforms: new Map([["terminal", terminal]]) });
    const quiz = createQuiz({ store, timers, outbox, leases, curriculum: library, log: silentLog });
    const services = talkingServices({ store, outbox, library }, quiz);
    await leases.start();
    await quiz.start();
    await terminal.start(createApp({ commands, services, now: () => now, log: silentLog, rules: services.settings }));
    await settle();
    return {
      store,
      settle,
      async type(line: string) {
        answered = Promise.withResolvers();
        input.write(`${line}\n`);
        await answered.promise;
      },
      async stop() {
        await quiz.stop();
        await settle();
        await terminal.stop();
        await timers.stop();
        await outbox.stop();
        await leases.stop();
        await store.close();
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
    async wait(ms) {
      const end = now + ms;
      for (;;) {
        const next = await bot.store.read
          .selectFrom("timer")
          .select("due_at")
          .where("state", "=", 0)
          .where("due_at", "<=", end)
          .orderBy("due_at")
          .limit(1)
          .executeTakeFirst();
        now = Math.max(now, next?.due_at ?? end);
        await bot.settle();
        if (!next) return;
      }
    },
    async restart() {
      await bot.stop();
      bot = await start();
    },
    seen: () => seen.splice(0),
    transcript: () => typed.join("\n\n"),
    close: () => bot.stop(),
  };
}
