import { spawn, spawnSync } from "node:child_process";
import { mkdtempSync } from "node:fs";
import { createServer, connect as dial, type Socket } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, describe, expect, it, vi } from "vitest";
import { runBot, startBot } from "../harness/bot.ts";
import { startFakeDiscord } from "../harness/discord/fake-discord.ts";
import { hasPostgres, openPostgresForRun } from "../harness/postgres.ts";

const main = new URL("../../src/start.js", import.meta.url).pathname;
/** Whether a program can be given a terminal here. */
function hasScript(): boolean {
  const found = spawnSync("script", ["--version"]).status === 0;
  if (!found) console.warn("SKIPPED: there is no `script` here, so nothing is tested in a terminal");
  return found;
}

let undo: (() => unknown)[] = [];
afterEach(async () => {
  for (const each of undo.reverse()) await each();
  undo = [];
});

/** Runs the bot without any input at all, as containers and services are run. */
function runDetached(environment: Record<string, string> = {}) {
  const child = spawn(process.execPath, [main], {
    env: { PATH: process.env.PATH ?? "", DATA_DIR: mkdtempSync(join(tmpdir(), "bakehouse-")), ...environment },
    stdio: ["ignore", "pipe", "pipe"],
  });
  let printed = "";
  let told = "";
  child.stdout.on("data", (chunk) => {
    printed += chunk;
  });
  child.stderr.on("data", (chunk) => {
    told += chunk;
  });
  return new Promise<{ status: number | null; printed: string; told: string }>((resolve) => {
    child.on("close", (status) => resolve({ status, printed, told }));
  });
}

async function discord(): Promise<Record<string, string>> {
  const fake = await startFakeDiscord();
  undo.push(() => fake.stop());
  return { DISCORD_TOKEN: fake.token, DISCORD_API_URL: fake.apiUrl };
}

describe("a bot without a token", () => {
  it("fails in one sentence where nobody can type: in a container, as a service", async () => {
    const { status, printed, told } = await runDetached();
    expect(status).toBe(1);
    expect(printed).toBe("");
    expect(told.trim().split("\n")).toEqual([
      expect.stringMatching(/No platform is set up.*DISCORD_TOKEN.*npm run setup/),
    ]);
  });

  it("names the misspelt settings, and not their values", async () => {
    const { status, told } = await runDetached({ DISCORD_TOKN: "a-secret", SLACK_BOT_TOEKN: "xoxb-secret" });
    expect(status).toBe(1);
    expect(told).toContain(
      "DISCORD_TOKN is not a setting of Bakehouse, so it is not read. Did you mean DISCORD_TOKEN?",
    );
    expect(told).toContain("Did you mean SLACK_BOT_TOKEN?");
    expect(told).not.toContain("secret");
  });

  it.skipIf(!hasScript())("is a terminal for whoever sits at one", async () => {
    const line = `${process.execPath} ${main}`;
    const environment = { PATH: process.env.PATH ?? "", DATA_DIR: mkdtempSync(join(tmpdir(), "bakehouse-")) };
    // `script` gives the program a terminal of its own: https://man7.org/linux/man-pages/man1/script.1.html
    const child = spawn("script", ["-qec", line, "/dev/null"], { env: { ...environment, SANDBOX_TOTAL: "0" } });
    child.stdin.write("exit\r");
    let shown = "";
    child.stdout.on("data", (chunk) => {
      shown += chunk;
    });
    const status = await new Promise((resolve) => child.on("close", resolve));
    expect(shown).toContain("Bakehouse");
    expect(status).toBe(0);
  });

  it("still answers what comes through a pipe", async () => {
    const { status, stdout } = await runBot("what is a layer?\n", { SANDBOX_TOTAL: "0" });
    expect(status).toBe(0);
    expect(stdout).toMatch(/layer/i);
  });
});

it("each line of the log says which version, process and instance wrote it", async () => {
  const bot = startBot({ ...(await discord()), LOG_LEVEL: "debug", SANDBOX_TOTAL: "0" });
  await bot.printed(/ready: discord/);
  bot.child.kill("SIGTERM");
  const { stderr } = await bot.ended;
  const lines = stderr
    .split("\n")
    .filter((line) => line.startsWith("{"))
    .map((line) => JSON.parse(line) as object);
  expect(lines.length).toBeGreaterThan(0);
  for (const line of lines)
    expect(line).toMatchObject({
      version: expect.stringMatching(/^\d+\.\d+\.\d+/),
      process: bot.child.pid,
      instance: expect.any(String),
    });
});

describe.skipIf(!hasPostgres())("while PostgreSQL is down", () => {
  it("the log has one line for the trouble, and its count, however often it comes", { timeout: 120_000 }, async () => {
    const database = new URL(await (await openPostgresForRun()).database());
    const { port: postgres } = database;
    const sockets = new Set<Socket>();
    const proxy = createServer((client) => {
      const server = dial(Number(postgres), "127.0.0.1");
      for (const one of [client, server]) sockets.add(one.on("error", () => {}));
      client.pipe(server).pipe(client);
    });
    await new Promise<void>((resolve) => proxy.listen(0, "127.0.0.1", resolve));
    const address = proxy.address();
    database.port = String(typeof address === "object" && address ? address.port : 0);
    const port = 20_000 + (process.pid % 20_000);
    const bot = startBot({
      ...(await discord()),
      ...{ DATABASE_URL: database.href, LOG_LEVEL: "info", SANDBOX_TOTAL: "0", HEALTH_PORT: String(port) },
      HEALTH_HOST: "127.0.0.2",
    });
    undo.push(() => bot.child.kill("SIGKILL"));
    await bot.printed(/ready: discord/);
    proxy.close();
    for (const one of sockets) one.destroy();
    const troubles = async () => {
      const text = await (await fetch(`http://127.0.0.2:${port}/metrics`)).text();
      return Number(/level="warn"} (\d+)/.exec(text)?.[1]) + Number(/level="error"} (\d+)/.exec(text)?.[1]);
    };
    await vi.waitFor(async () => expect(await troubles()).toBeGreaterThan(8), { timeout: 60_000, interval: 200 });
    bot.child.kill("SIGTERM");
    const { stderr } = await bot.ended;
    const traces = stderr.split("\n").filter((line) => /"type":"StoreError".*"stack"/.test(line));
    expect(traces.length).toBeLessThanOrEqual(2);
    expect(stderr).toMatch(/"repeated":\d+/);
  });
});
