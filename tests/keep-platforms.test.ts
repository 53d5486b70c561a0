import { afterEach, describe, expect, it } from "vitest";
import { createApp } from "../src/core/dispatch.ts";
import { type Log, silentLog } from "../src/core/log.ts";
import { startHealth } from "../src/health.ts";
import { keepPlatforms } from "../src/keep-platforms.ts";
import { createDiscord } from "../src/platforms/discord/discord.ts";
import { type FakeDiscord, startFakeDiscord } from "./harness/discord/fake-discord.ts";
import { counting, quickClient } from "./platforms/discord/fixture.ts";

const ends: (() => unknown)[] = [];
afterEach(async () => {
  for (const end of ends.splice(0).reverse()) await end();
});

/** A bot on Discord that is looked after, and what its watchdog is told. */
async function kept(discord: FakeDiscord, { token = discord.token } = {}) {
  ends.push(discord.stop);
  const logged: string[] = [];
  const log: Log = { ...silentLog, warn: (event) => void logged.push(event) };
  const { ask } = counting();
  const app = createApp({ commands: [ask], services: {} as never, now: Date.now, log: silentLog });
  const platform = createDiscord({ token, apiUrl: discord.apiUrl, log, client: quickClient });
  const keeper = keepPlatforms([platform], app, { log, started: () => {}, pauses: [20], every: 10 });
  ends.push(keeper.stop);
  const started = await keeper.start();
  const health = await startHealth({ port: 0, checks: {}, platforms: keeper.checks });
  ends.push(health.stop);
  const get = async (path: string) => {
    const response = await fetch(`http://127.0.0.1:${health.port}${path}`);
    return { status: response.status, body: (await response.json()) as { problems?: Record<string, string> } };
  };
  return { started, get, restarts: () => logged.filter((event) => event === "platform is started again").length };
}

const soon = { timeout: 20_000, interval: 50 };

describe("a platform whose connection is closed for good", () => {
  it("is told as lost with the reason when only the host can help", async () => {
    const discord = await startFakeDiscord();
    const { get, restarts } = await kept(discord);
    expect([(await get("/healthz")).status, (await get("/readyz")).status]).toEqual([200, 200]);
    discord.gateway.closeWith(4004);
    await expect.poll(async () => (await get("/readyz")).status, soon).toBe(503);
    const alive = await get("/healthz");
    expect(alive.status).toBe(503);
    expect(alive.body.problems?.discord).toMatch(/4004.*DISCORD_TOKEN.*Reset Token/);
    expect(restarts()).toBe(0);
  });

  it.each([4010, 4011, 4013, 4014])("is started again after close %i, and answers", async (code) => {
    const discord = await startFakeDiscord();
    const { get, restarts } = await kept(discord);
    discord.gateway.closeWith(code);
    await expect.poll(restarts, soon).toBe(1);
    await expect.poll(async () => (await get("/readyz")).status, soon).toBe(200);
    const ada = discord.as("Ada");
    expect((await ada.answerTo(ada.mention("there?"))).text).toBe("You asked: there?");
    expect((await get("/healthz")).status).toBe(200);
  });
});

describe("a platform that does not start", () => {
  it("is tried again when it could not be reached", async () => {
    const discord = await startFakeDiscord();
    discord.fail({ path: /\/gateway\/bot$/, with: 500, times: 6 });
    const { started, get } = await kept(discord);
    expect(started).toEqual([]);
    expect((await get("/readyz")).status).toBe(503);
    await expect.poll(async () => (await get("/readyz")).status, soon).toBe(200);
    const ada = discord.as("Ada");
    expect((await ada.answerTo(ada.mention("there?"))).text).toBe("You asked: there?");
  });

  it("is lost when its token is refused", async () => {
    const discord = await startFakeDiscord();
    const { get, restarts } = await kept(discord, { token: "not.a.token" });
    expect((await get("/healthz")).body.problems?.discord).toMatch(/does not accept DISCORD_TOKEN/);
    expect([(await get("/healthz")).status, restarts()]).toEqual([503, 0]);
  });
});
