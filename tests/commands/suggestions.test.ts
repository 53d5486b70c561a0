import { mkdtempSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { PassThrough, Writable } from "node:stream";
import { afterAll, beforeAll, expect, it } from "vitest";
import { commands } from "../../commands/index.ts";
import { type Bakehouse, createBakehouse } from "../../src/app.ts";
import { readConfig } from "../../src/config.ts";
import { silentLog } from "../../src/core/log.ts";
import { createTerminal } from "../../src/platforms/terminal/terminal.ts";

const input = new PassThrough();
let bakehouse: Bakehouse;
let printed = "";
let settled = Promise.withResolvers<void>();
const terminal = createTerminal({
  input,
  output: new Writable({
    write(chunk, _, done) {
      printed += String(chunk);
      done();
    },
  }),
  dataDir: mkdtempSync(join(tmpdir(), "bakehouse-suggest-")),
  async settled() {
    await bakehouse.settled();
    settled.resolve();
  },
});

beforeAll(async () => {
  const dataDir = mkdtempSync(join(tmpdir(), "bakehouse-suggest-"));
  bakehouse = await createBakehouse(readConfig({ DATA_DIR: dataDir, SANDBOX_TOTAL: "0" }), silentLog);
  await bakehouse.start([terminal]);
  await terminal.start(bakehouse.app);
});
afterAll(async () => {
  await terminal.stop();
  await bakehouse.close();
});

const shown = commands.filter(({ hidden }) => !hidden).map(({ name }) => name);
const groups = [...new Set(shown.map((name) => name.split(" ")[0] ?? name))];
const unsure = /is not a command|There is no command|Did you mean/;

async function type(line: string): Promise<string> {
  printed = "";
  settled = Promise.withResolvers();
  input.write(`${line}\n`);
  await settled.promise;
  return printed;
}

/** What a reply puts into people's mouths: whatever stands in back-ticks after "Did you mean", and every control's label. */
function suggestions(answer: string): string[] {
  const [, meant = ""] = /Did you mean ([\s\S]*?)\?/.exec(answer.replace(/\n(?=\S)/g, " ")) ?? [];
  const quoted = [...meant.matchAll(/`([^`]+)`/g)].map(([, said = ""]) => said);
  const labels = [...answer.matchAll(/^ {2}\[\d+\] (.+)$/gm)]
    .map(([, label = ""]) => label.trim())
    .filter((label) => !label.endsWith("…"));
  return [...new Set([...quoted, ...labels])];
}

it.each(groups)("`%s` alone does something sensible", async (group) => {
  expect(await type(group)).not.toMatch(unsure);
});

const slips = [
  ...shown.map((name) => name.replace(/(.)(.)$/, "$2$1")),
  ...groups.map((name) => `${name} frobnicate`),
  ...groups.map((name) => `help ${name}x`),
];

it("no suggestion leads back to itself, whatever was misspelt", { timeout: 300_000 }, async () => {
  const loops: string[] = [];
  const tried = new Set<string>();
  for (const slip of new Set(slips)) {
    const first = await type(slip);
    if (!unsure.test(first)) continue;
    for (const suggestion of suggestions(first).filter((one) => !tried.has(one))) {
      tried.add(suggestion);
      const second = await type(suggestion);
      if (second === first || /is not a command|There is no command/.test(second))
        loops.push(`${slip} → ${suggestion}`);
      // Back to where the next suggestion stood.
      await type(slip);
    }
  }
  expect(loops).toEqual([]);
  expect(tried.size).toBeGreaterThan(40);
});

it("a suggested command can be typed or pressed, and both do the same", async () => {
  const first = await type("quiz sart");
  expect(first).toMatch(/`quiz start`/);
  await type("lab lisst");
  const pressed = await type("1");
  expect(pressed).toMatch(/^Labs/);
  await type("lab lisst");
  expect(await type("lab list")).toBe(pressed);
});
