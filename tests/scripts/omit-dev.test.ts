import { execFileSync, spawn, spawnSync } from "node:child_process";
import { cpSync, mkdirSync, mkdtempSync, readdirSync, rmSync } from "node:fs";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import { basename, join, resolve } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { startFakeDiscord } from "../harness/discord/fake-discord.ts";
import { startFakeSlack } from "../harness/slack/fake-slack.ts";
import { readDockerfile, rootFolder } from "./dockerfile.ts";

const { command } = readDockerfile();
const app = mkdtempSync(join(tmpdir(), "bakehouse-image-"));

/** What the Dockerfile does, step by step, in a folder: no registry is needed for that. */
beforeAll(() => {
  const { copies, install, compile } = readDockerfile();
  for (const { from, to } of copies) {
    const target = resolve(app, to);
    for (const path of from) {
      const inside = to.endsWith("/") ? join(target, basename(path)) : target;
      mkdirSync(join(inside, ".."), { recursive: true });
      cpSync(join(rootFolder, path), inside, { recursive: true });
    }
  }
  execFileSync("npm", [...install.slice(1), "--prefer-offline"], { cwd: app, stdio: "pipe" });
  execFileSync("npm", compile.slice(1), { cwd: app, stdio: "pipe" });
}, 300_000);
afterAll(() => rmSync(app, { recursive: true, force: true }));

/** Starts a program of the copy, as the image would, without anything of this repository within reach. */
function start(command: string[], environment: Record<string, string> = {}) {
  const child = spawn(process.execPath, command, {
    cwd: app,
    env: {
      PATH: process.env.PATH ?? "",
      SANDBOX_TOTAL: "0",
      DATA_DIR: join(app, "data"),
      ...environment,
    },
  });
  let printed = "";
  const changed = new Set<() => void>();
  for (const stream of [child.stdout, child.stderr]) {
    stream.setEncoding("utf8").on("data", (chunk: string) => {
      printed += chunk;
      for (const look of changed) look();
    });
  }
  const ended = new Promise<{ status: number | null; printed: string }>((resolveEnd) =>
    child.on("close", (status) => {
      resolveEnd({ status, printed });
      for (const look of changed) look();
    }),
  );
  const says = (text: string) =>
    new Promise<void>((found, failed) => {
      const look = () => {
        if (printed.includes(text)) found();
        else if (child.exitCode !== null) failed(new Error(`it ended without saying "${text}":\n${printed}`));
      };
      changed.add(look);
      look();
    });
  return { child, ended, says };
}

/** A port of this machine that nobody uses. */
function freePort(): Promise<number> {
  const server = createServer();
  return new Promise((resolvePort) => {
    server.listen(0, "127.0.0.1", () => {
      const { port } = server.address() as { port: number };
      server.close(() => resolvePort(port));
    });
  });
}

/** How the image's own health check ends: 0 for a bot that is alive. */
function runHealthCheck(port: string): number | null {
  const [, , ...script] = JSON.parse(
    /CMD (\[.*\])/.exec(readDockerfile().all("HEALTHCHECK").join())?.[1] ?? "[]",
  ) as string[];
  return spawnSync(process.execPath, ["-e", ...script], { env: { HEALTH_PORT: port } }).status;
}

describe("the image, built in a folder", () => {
  it("has no development packages", () => {
    const packages = readdirSync(join(app, "node_modules"));
    for (const name of ["typescript", "vitest", "fast-check", "knip"]) expect(packages).not.toContain(name);
    expect(packages).toContain("discord.js");
  });

  it("answers a question", async () => {
    const bot = start(command);
    bot.child.stdin.end("how do images and containers differ?\n");
    const { status, printed } = await bot.ended;
    expect(printed).toMatch(/From a reviewed card/);
    expect(status).toBe(0);
  });

  it("gets ready on Discord and Slack, sends a file, passes its health check, and ends when it is asked to", async () => {
    const [discord, slack] = await Promise.all([startFakeDiscord(), startFakeSlack()]);
    const port = String(await freePort());
    const bot = start(command, {
      NODE_DEBUG_NATIVE: "COMPILE_CACHE",
      HEALTH_PORT: port,
      DISCORD_TOKEN: discord.token,
      DISCORD_API_URL: discord.apiUrl,
      SLACK_BOT_TOKEN: slack.team.botToken,
      SLACK_APP_TOKEN: slack.appToken,
      SLACK_API_URL: slack.apiUrl,
    });
    await Promise.all([bot.says("ready: discord"), bot.says("ready: slack")]);
    expect(runHealthCheck(port)).toBe(0);
    const ada = discord.as("Ada");
    expect((await ada.slash("progress export").answer()).message.files).toHaveLength(1);
    bot.child.kill("SIGTERM");
    const { status, printed } = await bot.ended;
    expect(status).toBe(0);
    // Every part of the bot was compiled when the image was built.
    expect(printed).toContain("was accepted");
    expect(printed).not.toContain("writing cache for StrippedTypeScript");
    expect(runHealthCheck(port)).toBe(1);
    await Promise.all([discord.stop(), slack.stop()]);
  });

  it("has a doctor that finds nothing to mend", async () => {
    const { status, printed } = await start(["scripts/doctor.ts"]).ended;
    expect(printed).toContain("fonts and renderer draw as expected");
    expect({ status, printed }).toMatchObject({ status: 0 });
  });
});
