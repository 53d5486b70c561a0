import { mkdtempSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { commands } from "../../commands/index.ts";
import { menus } from "../../src/platforms/discord/intake/menus.ts";
import { declare } from "../../src/platforms/discord/transport/commands.ts";
import { scopes } from "../../src/platforms/slack/transport/scopes.ts";
import { type FakeDiscord, startFakeDiscord } from "../harness/discord/fake-discord.ts";
import { engine, testBase, theEngine } from "../harness/engine.ts";
import { type FakeSlack, startFakeSlack } from "../harness/slack/fake-slack.ts";
import { runDoctor, runScript } from "./run-script.ts";

let discord: FakeDiscord;
let slack: FakeSlack;
/** An address on this machine where nobody listens. */
async function closedAddress(): Promise<string> {
  const gone = await startFakeDiscord();
  await gone.stop();
  return gone.apiUrl;
}
const newFolder = () => mkdtempSync(join(tmpdir(), "bakehouse-"));

beforeAll(async () => {
  discord = await startFakeDiscord();
  slack = await startFakeSlack();
});
afterAll(async () => {
  await discord.stop();
  await slack.stop();
});

const good = () => ({
  DISCORD_TOKEN: discord.token,
  DISCORD_API_URL: discord.apiUrl,
  SLACK_BOT_TOKEN: slack.team.botToken,
  SLACK_APP_TOKEN: slack.appToken,
  SLACK_API_URL: slack.apiUrl,
  DATA_DIR: join(newFolder(), "data"),
});

describe("the doctor", () => {
  it("ends with 0 and nothing to mend where everything is well", async () => {
    const { status, findings, stderr } = await runDoctor(good());
    expect(findings.filter(({ state }) => state === "fail")).toEqual([]);
    expect(findings.map(({ name }) => name)).toEqual(
      expect.arrayContaining([
        "settings",
        "store",
        "disk",
        "discord token",
        "slack scopes",
        "pictures",
        "content",
        "clock",
      ]),
    );
    expect({ status, stderr }).toEqual({ status: 0, stderr: "" });
    expect([...discord.problems, ...slack.problems]).toEqual([]);
  });

  it("names a missing scope, a wrong token, no engine and a data folder that cannot be written, each with its mend", async () => {
    const poor = await startFakeSlack({
      scopes: scopes.map(({ name }) => name).filter((name) => name !== "files:write"),
    });
    const file = join(newFolder(), "data");
    writeFileSync(file, "");
    const wrong = `${discord.token.slice(0, -4)}none`;
    const environment = {
      DISCORD_TOKEN: wrong,
      DISCORD_API_URL: discord.apiUrl,
      SLACK_BOT_TOKEN: poor.team.botToken,
      SLACK_APP_TOKEN: poor.appToken,
      SLACK_API_URL: poor.apiUrl,
      DOCKER_HOST: `unix://${join(newFolder(), "docker.sock")}`,
      SANDBOX_TOTAL: "40",
      DATA_DIR: file,
    };
    const seen = await runDoctor(environment);
    expect(seen.status).toBe(1);
    expect(seen.problems("slack scopes")).toEqual([
      expect.objectContaining({
        state: "fail",
        found: expect.stringContaining("files:write"),
        mend: expect.stringContaining("install the app again"),
      }),
    ]);
    expect(seen.problems("discord token")).toEqual([
      expect.objectContaining({
        state: "fail",
        found: expect.stringContaining("DISCORD_TOKEN"),
        mend: expect.stringContaining("Reset Token"),
      }),
    ]);
    expect(seen.problems("docker")).toEqual([
      expect.objectContaining({
        state: "fail",
        found: expect.stringContaining("docker.sock"),
        mend: expect.stringContaining("DOCKER_HOST"),
      }),
    ]);
    expect(seen.problems("store")).toEqual([
      expect.objectContaining({
        state: "fail",
        found: expect.stringContaining(file),
        mend: expect.stringContaining("DATA_DIR"),
      }),
    ]);
    const words = await runScript("doctor", environment);
    expect(words.status).toBe(1);
    for (const said of ["files:write", "Reset Token", "docker.sock", file, "4 to mend"])
      expect(words.stdout).toContain(said);
    for (const secret of [wrong, poor.team.botToken, poor.appToken]) {
      expect(seen.stdout + words.stdout + words.stderr).not.toContain(secret);
    }
    await poor.stop();
  });

  it("names every setting that cannot be used, and still checks the rest", async () => {
    const { DATA_DIR, ...rest } = good();
    const seen = await runDoctor({ ...rest, DATA_DIR, SLACK_BOT_TOKEN: "xoxp-of-a-person", LOG_LEVEL: "loud" });
    expect(seen.status).toBe(1);
    expect(seen.of("setting SLACK_BOT_TOKEN")).toMatchObject({ state: "fail", mend: expect.stringContaining("OAuth") });
    expect(seen.of("setting LOG_LEVEL")).toMatchObject({ state: "fail" });
    expect(seen.of("discord token")).toMatchObject({ state: "ok" });
    expect(seen.stdout).not.toContain("xoxp-of-a-person");
  });

  it("knows an app token that opens no connection, and a bot token that was revoked", async () => {
    const seen = await runDoctor({ ...good(), SLACK_APP_TOKEN: "xapp-1-wrong", SLACK_BOT_TOKEN: "xoxb-wrong" });
    expect(seen.of("slack token")).toMatchObject({ state: "fail", found: expect.stringContaining("invalid_auth") });
    expect(seen.of("slack connection")).toMatchObject({
      state: "fail",
      mend: expect.stringContaining("connections:write"),
    });
  });

  it("names the permissions that lack in a server, and the server that the bot is not in", async () => {
    discord.world.guild.members.set(discord.world.bot.id, (1n << 10n) | (1n << 11n));
    const seen = await runDoctor({ ...good(), DISCORD_GUILD_ID: "123456789012345678" });
    discord.world.guild.members.delete(discord.world.bot.id);
    const found = seen.problems("discord permissions").map((one) => one.found);
    expect(found[0]).toMatch(
      /Cooking School.*Attach Files, Read Message History, Create Public Threads, Send Messages in Threads/,
    );
    expect(found[1]).toContain("123456789012345678");
  });

  it("sees application settings that would keep the bot silent, and intents it does not need", async () => {
    const before = { ...discord.world.application };
    Object.assign(discord.world.application, { interactions_endpoint_url: "https://example.org/x", flags: 1 << 19 });
    const seen = await runDoctor(good());
    Object.assign(discord.world.application, before);
    expect(seen.problems("discord application").map(({ state }) => state)).toEqual(["fail", "warn"]);
  });

  it("says that commands will be written, and is content once they are", async () => {
    const before = await runDoctor(good());
    expect(before.of("discord commands")).toMatchObject({ state: "warn", found: expect.stringMatching(/new: .*ask/) });
    const written = await fetch(`${discord.apiUrl}/v10/applications/${discord.world.applicationId}/commands`, {
      method: "PUT",
      headers: { authorization: `Bot ${discord.token}`, "content-type": "application/json" },
      body: JSON.stringify(declare(commands, menus, true)),
    });
    expect(written.status).toBe(200);
    expect((await runDoctor(good())).of("discord commands")).toMatchObject({ state: "ok" });
  });

  it("says where a service is that cannot be reached", async () => {
    const seen = await runDoctor({ ...good(), DISCORD_API_URL: await closedAddress() });
    expect(seen.of("discord")).toMatchObject({
      state: "fail",
      found: expect.stringContaining("refused"),
      mend: expect.stringContaining("DISCORD_API_URL"),
    });
  });

  it("ends with 2 when it is asked wrongly", async () => {
    const { status, stderr } = await runScript("doctor", {}, { flags: ["--loudly"] });
    expect(status).toBe(2);
    expect(stderr).toContain("npm run doctor");
  });

  it.skipIf(!engine)("starts a restricted container on the engine, and leaves nothing behind", async () => {
    const { host, containers } = theEngine();
    const seen = await runDoctor({ ...good(), SANDBOX_TOTAL: "40", DOCKER_HOST: host, CAKE_BASE: testBase });
    expect(seen.of("sandbox limits")).toMatchObject({ state: "ok", found: expect.stringContaining("had no network") });
    expect(seen.of("sandbox image")).toMatchObject({ state: "ok" });
    expect(await containers.list({ labels: ["tutor.instance=bakehouse-doctor"] })).toEqual([]);
  });
});
