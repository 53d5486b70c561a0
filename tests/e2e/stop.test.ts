import { execFileSync } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { createServer, connect as dial, type Socket } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { DatabaseSync } from "node:sqlite";
import { afterEach, describe, expect, it } from "vitest";
import { startBot } from "../harness/bot.ts";
import { startFakeDiscord } from "../harness/discord/fake-discord.ts";
import { canOwnEngine, ownEngine } from "../harness/own-engine.ts";
import { hasPostgres, openPostgresForRun } from "../harness/postgres.ts";
import { startFakeSlack } from "../harness/slack/fake-slack.ts";
import { endBot } from "./ends.ts";

type Bot = ReturnType<typeof startBot>;
type Undo = () => unknown;

let undo: Undo[] = [];
afterEach(async () => {
  for (const each of undo.reverse()) await each();
  undo = [];
});

function start(environment: Record<string, string>, dataDir = mkdtempSync(join(tmpdir(), "bakehouse-stop-"))): Bot {
  const bot = startBot({ SANDBOX_TOTAL: "0", ...environment, DATA_DIR: dataDir });
  undo.push(() => bot.child.kill("SIGKILL"));
  return bot;
}

async function discord(): Promise<Record<string, string>> {
  const fake = await startFakeDiscord();
  undo.push(() => fake.stop());
  return { DISCORD_TOKEN: fake.token, DISCORD_API_URL: fake.apiUrl };
}

async function slack(): Promise<Record<string, string>> {
  const fake = await startFakeSlack();
  undo.push(() => fake.stop());
  return { SLACK_BOT_TOKEN: fake.team.botToken, SLACK_APP_TOKEN: fake.appToken, SLACK_API_URL: fake.apiUrl };
}

/** A way to PostgreSQL that can be made to hang: it stays open and nothing comes back. */
async function slowPostgres() {
  const database = await (await openPostgresForRun()).database();
  const { port } = new URL(database);
  const sockets = new Set<Socket>();
  const proxy = createServer((client) => {
    const server = dial(Number(port), "127.0.0.1");
    for (const one of [client, server]) sockets.add(one.on("error", () => {}));
    client.pipe(server).pipe(client);
  });
  await new Promise<void>((resolve) => proxy.listen(0, "127.0.0.1", resolve));
  undo.push(() => {
    for (const one of sockets) one.destroy();
    proxy.close();
  });
  const address = proxy.address();
  const through = new URL(database);
  through.port = String(typeof address === "object" && address ? address.port : 0);
  return {
    url: through.href,
    hang() {
      for (const one of sockets) one.unpipe().pause();
    },
  };
}

describe.each(["SIGTERM", "SIGHUP", "SIGINT"] as const)("%s", (signal) => {
  it("ends a terminal that waits for its input", async () => {
    const bot = start({});
    bot.write("what is a layer\n");
    await bot.printed(/Helpful/);
    expect(await endBot(bot, signal)).toMatchObject({ status: 0 });
  });

  it("ends a bot on Discord and Slack at work", async () => {
    const bot = start({ ...(await discord()), ...(await slack()) });
    await Promise.all([bot.printed(/ready: discord/), bot.printed(/ready: slack/)]);
    expect(await endBot(bot, signal)).toMatchObject({ status: 0 });
  });
});

describe("SIGTERM ends the bot in time", () => {
  it("while Discord and Slack have gone away", async () => {
    const environment = { ...(await discord()), ...(await slack()) };
    const bot = start(environment);
    await Promise.all([bot.printed(/ready: discord/), bot.printed(/ready: slack/)]);
    for (const each of undo.splice(0, 2)) await each();
    expect(await endBot(bot, "SIGTERM")).toMatchObject({ signal: null });
  });

  it("while Discord cannot be reached from the start", async () => {
    const bot = start({ DISCORD_TOKEN: "x.y.z", DISCORD_API_URL: "http://127.0.0.1:9", ...(await slack()) });
    await bot.printed(/ready: slack/);
    expect(await endBot(bot, "SIGTERM")).toMatchObject({ signal: null });
  });

  it("while another program holds the database locked", async () => {
    const dataDir = mkdtempSync(join(tmpdir(), "bakehouse-locked-"));
    const bot = start(await discord(), dataDir);
    await bot.printed(/ready: discord/);
    const other = new DatabaseSync(join(dataDir, "bakehouse.db"));
    other.exec("PRAGMA busy_timeout = 20000; BEGIN EXCLUSIVE");
    undo.push(() => other.close());
    expect(await endBot(bot, "SIGTERM")).toMatchObject({ signal: null });
  });

  it.skipIf(!hasPostgres())("while PostgreSQL accepts and never answers", async () => {
    const postgres = await slowPostgres();
    const bot = start({ ...(await discord()), DATABASE_URL: postgres.url });
    await bot.printed(/ready: discord/);
    postgres.hang();
    expect(await endBot(bot, "SIGTERM")).toMatchObject({ signal: null });
  });

  it.skipIf(!canMountTmpfs())("while the disk is full", async () => {
    const dataDir = mkdtempSync(join(tmpdir(), "bakehouse-full-"));
    execFileSync("mount", ["-t", "tmpfs", "-o", "size=4m", "none", dataDir]);
    undo.push(() => execFileSync("umount", ["-l", dataDir]));
    const bot = start(await discord(), dataDir);
    await bot.printed(/ready: discord/);
    fill(dataDir);
    expect(await endBot(bot, "SIGTERM")).toMatchObject({ signal: null });
  });

  it.skipIf(!canOwnEngine)("while the engine hangs, with a sandbox open", { timeout: 180_000 }, async () => {
    const engine = await ownEngine();
    undo.push(() => engine.stop());
    undo.push(() => process.kill(engine.pid(), "SIGCONT"));
    const bot = start({
      DOCKER_HOST: engine.host,
      SANDBOX_TOTAL: "4",
      SANDBOX_POOL: "0",
      CAKE_BASE: "bakehouse-base:test",
    });
    bot.write("what is a layer\n");
    await bot.printed(/Helpful/);
    process.kill(engine.pid(), "SIGSTOP");
    bot.write("sandbox start\n");
    expect(await endBot(bot, "SIGTERM")).toMatchObject({ signal: null });
  });
});

describe("a terminal ends at once", () => {
  it.each(["exit", "quit", "bye", "EXIT", "exit.", "/quit"])(
    "for `%s`, although its input stays open",
    async (word) => {
      const bot = start({});
      bot.write(`${word}\n`);
      const { status, stdout } = await bot.ended;
      expect(status).toBe(0);
      expect(stdout).not.toMatch(/not know|Did you mean/);
    },
  );

  it("when its input ends", async () => {
    const bot = start({});
    bot.end();
    expect(await bot.ended).toMatchObject({ status: 0 });
  });
});

function canMountTmpfs(): boolean {
  const folder = mkdtempSync(join(tmpdir(), "bakehouse-mount-"));
  try {
    execFileSync("mount", ["-t", "tmpfs", "none", folder], { stdio: "ignore" });
    execFileSync("umount", [folder], { stdio: "ignore" });
    return true;
  } catch {
    console.warn("SKIPPED: no file system can be mounted here, so nothing is tested on a full disk");
    return false;
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/** Writes until nothing more fits. */
function fill(folder: string): void {
  for (const bytes of [1_000_000, 10_000, 100]) {
    try {
      for (let file = 0; file < 200; file++) writeFileSync(join(folder, `fill-${bytes}-${file}`), Buffer.alloc(bytes));
    } catch {
      // It is as full as it gets with this size.
    }
  }
}
