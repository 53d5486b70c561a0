import { mkdtempSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { type Bakehouse, createBakehouse } from "../../src/app.ts";
import { readConfig } from "../../src/config.ts";
import type { Caller } from "../../src/core/context.ts";
import type { Log } from "../../src/core/log.ts";
import { silentLog } from "../../src/core/log.ts";
import { decodePress, encodePress } from "../../src/core/press.ts";
import type { Control, Press, Reply } from "../../src/core/reply.ts";
import { readText } from "../../src/core/text.ts";
import { fill, render } from "../../src/platforms/terminal/render.ts";

/** What people type, by the name of the golden file. Nothing here is drawn by chance and nothing needs Docker. */
const typed = {
  "ask-images-and-containers": "how do images and containers differ?",
  "ask-deeper": "ask level:deeper what is a layer",
  "ask-out-of-scope": "how do I centre a div",
  "ask-pasted-error":
    '```\nError response from daemon: conflict: unable to remove repository reference "nginx" (must force) - container 1f is using its referenced image 2b\n```',
  "compare-cards": "compare volumes bind-mount",
  "compare-pair": "compare image and container",
  concept: "concept layers",
  "concept-misspelt": "concept layerz",
  "docker-without-engine": "docker ps -a",
  greeting: "hello",
  help: "help",
  "help-command": "help quiz start",
  "insights-empty": "insights",
  "lab-list": "lab list",
  "lab-start": "lab start first-docker-lab",
  "lab-hint": "lab hint",
  "lab-stop": "lab stop",
  "misspelt-command": "topcis",
  path: "where do I start",
  "path-chapter": "path 3",
  "path-unknown": "path where-changes-went",
  "progress-empty": "progress",
  "quiz-scores-empty": "quiz scores",
  "sandbox-without-engine": "sandbox start",
  "show-prediction": "show two-containers-one-image",
  "show-recorded": "show two-containers-one-image guess:2",
  topics: "topics",
} as const;

const now = Date.UTC(2026, 10, 23, 9, 0, 0);
const failures: unknown[] = [];
const log: Log = { ...silentLog, error: (event, details) => void failures.push({ event, ...details }) };
let bakehouse: Bakehouse;
let events = 0;

beforeAll(async () => {
  const dataDir = mkdtempSync(join(tmpdir(), "bakehouse-golden-"));
  bakehouse = await createBakehouse(readConfig({ DATA_DIR: dataDir, SANDBOX_TOTAL: "0" }), log, { now: () => now });
});
afterAll(() => bakehouse.close());

const caller = (): Caller => ({
  person: { id: "test:ada", name: "Ada", moderator: true },
  place: { platform: "test", workspace: "school", channel: "general" },
  locale: "en",
  event: `test:${++events}`,
});

async function last(press: { command: string; options: Record<string, unknown> }): Promise<Reply> {
  const replies = await Array.fromAsync(bakehouse.app.dispatch({ ...press, caller: caller() }));
  const reply = replies.at(-1);
  if (!reply) throw new Error(`${press.command} answered nothing`);
  return reply;
}

const draw = (reply: Reply) => render(reply, { width: 100, colour: false, save: (name) => name }).text;

function pressesOf(control: Control): Press[] {
  if (control.kind === "link") return [];
  if (control.kind === "button") return [control.press];
  return control.kind === "ask"
    ? [fill(control, "A comment.")]
    : control.choices.map(({ value }) => fill(control, value));
}

describe("every reply", () => {
  it.for(Object.entries(typed))("%s reads as it should", async ([name, line]) => {
    const reply = await last(readText(line, bakehouse.app.commands));
    await expect(`> ${line}\n\n${draw(reply)}\n`).toMatchFileSnapshot(`../golden/replies/${name}.txt`);
  });

  it("has only controls that work, and those lead to such replies again", async () => {
    const waiting = Object.values(typed).map((line) => readText(line, bakehouse.app.commands) as Press);
    const pressed = new Set<string>();
    // Three presses away is as far as people wander before they type again.
    for (let depth = 0, level = waiting; depth < 3; depth++) {
      const next: Press[] = [];
      for (const press of level) {
        const key = JSON.stringify(press);
        if (pressed.has(key)) continue;
        pressed.add(key);
        const reply = await last(press);
        expect(draw(reply), key).not.toMatch(
          /^(?:Something went wrong|There is no command `|`[a-z -]+` has no option)/m,
        );
        for (const block of reply.blocks) {
          if (block.kind !== "controls") continue;
          for (const control of block.controls) {
            if (control.kind !== "link") expect(decodePress(encodePress(control.press))).toEqual(control.press);
            next.push(...pressesOf(control));
          }
        }
      }
      level = next;
    }
    expect(pressed.size).toBeGreaterThan(100);
    expect(failures).toEqual([]);
  });
});
