import { mkdtempSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createBakehouse } from "../../src/app.ts";
import { readConfig } from "../../src/config.ts";
import { silentLog } from "../../src/core/log.ts";
import type { Reply } from "../../src/core/reply.ts";
import { readText } from "../../src/core/text.ts";
import { render } from "../../src/platforms/terminal/render.ts";

/** One person's messages, in order. */
export interface Case {
  id: string;
  kind?: string;
  turns: string[];
}

/** How much of a reply is its first screen, in characters. */
const screen = 1200;

/** Plays each case as a conversation of its own, by the way every platform's messages take; yields what the first screen of the last reply says. */
export async function* firstScreens(
  cases: readonly Case[],
): AsyncGenerator<{ id: string; kind?: string; says: string }> {
  const dataDir = mkdtempSync(join(tmpdir(), "bakehouse-eval-"));
  const { app, close } = await createBakehouse(readConfig({ DATA_DIR: dataDir, SANDBOX_TOTAL: "0" }), silentLog);
  try {
    for (const { id, kind, turns } of cases) {
      let last: Reply | undefined;
      for (const [at, turn] of turns.entries()) last = await say(app, id, turn, at);
      const drawn = last ? render(last, { width: 400, colour: false, save: () => "" }).text : "";
      const lines = drawn.split("\n").filter((line) => !/^\s*\[\d+\] /.test(line));
      yield { id, ...(kind && { kind }), says: lines.join("\n").trim().slice(0, screen) };
    }
  } finally {
    await close();
  }
}

/** The last reply to one message of one person. */
async function say(app: Awaited<ReturnType<typeof createBakehouse>>["app"], id: string, turn: string, at: number) {
  const caller = {
    person: { id: `eval:${id}`, name: id, moderator: false },
    place: { platform: "terminal", workspace: "eval", channel: id },
    locale: "en",
    event: `eval:${id}:${at}`,
  };
  let last: Reply | undefined;
  for await (const reply of app.dispatch({ ...readText(turn, app.commands), caller })) last = reply;
  return last;
}
