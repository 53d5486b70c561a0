import { mkdtempSync, readFileSync, statSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { asked } from "../../src/platforms/discord/transport/permissions.ts";
import { scopes } from "../../src/platforms/slack/transport/scopes.ts";
import { runScript } from "../doctor/run-script.ts";
import { type FakeDiscord, startFakeDiscord } from "../harness/discord/fake-discord.ts";
import { type FakeSlack, startFakeSlack } from "../harness/slack/fake-slack.ts";

let discord: FakeDiscord;
let slack: FakeSlack;
beforeAll(async () => {
  discord = await startFakeDiscord();
  slack = await startFakeSlack();
});
afterAll(async () => {
  await discord.stop();
  await slack.stop();
});

/** Runs the set-up with these lines typed, in a folder that may have a `.env`. */
async function setUp(lines: string[], env?: string) {
  const cwd = mkdtempSync(join(tmpdir(), "bakehouse-"));
  const file = join(cwd, ".env");
  if (env !== undefined) writeFileSync(file, env, { mode: 0o644 });
  const apis = { DISCORD_API_URL: discord.apiUrl, SLACK_API_URL: slack.apiUrl };
  const run = await runScript("setup", apis, { cwd, input: lines.map((line) => `${line}\n`).join("") });
  return { ...run, file, written: () => readFileSync(file, "utf8") };
}

describe("the set-up", () => {
  it("checks the tokens, writes them where only the owner can read, and never shows them", async () => {
    const { team, appToken } = slack;
    const run = await setUp([discord.token, "", team.botToken, appToken]);
    expect({ status: run.status, stderr: run.stderr }).toEqual({ status: 0, stderr: "" });
    expect(run.written()).toBe(
      `DISCORD_TOKEN=${discord.token}\nSLACK_BOT_TOKEN=${team.botToken}\nSLACK_APP_TOKEN=${appToken}\n`,
    );
    expect(statSync(run.file).mode & 0o777).toBe(0o600);
    for (const secret of [discord.token, team.botToken, appToken]) expect(run.stdout).not.toContain(secret);
  });

  it("prints both links, and every permission and scope with its reason", async () => {
    const { stdout } = await setUp([discord.token, "", "", ""]);
    expect(stdout).toContain(
      `https://discord.com/oauth2/authorize?client_id=${discord.world.applicationId}&scope=bot+applications.commands&permissions=309237746688`,
    );
    const link = /https:\/\/api\.slack\.com\/apps\?new_app=1&manifest_json=(\S+)/.exec(stdout)?.[1] ?? "";
    const shipped = JSON.parse(readFileSync(new URL("../../slack/manifest.json", import.meta.url), "utf8")) as unknown;
    expect(JSON.parse(decodeURIComponent(link))).toEqual(shipped);
    for (const { name } of asked) expect(stdout).toMatch(new RegExp(`  ${name} +\\w`));
    for (const { name, reason } of scopes) expect(stdout).toMatch(new RegExp(`  ${name} +${reason.slice(0, 20)}`));
  });

  it("keeps every other line of .env and replaces what is there already", async () => {
    const before = "# mine\nSANDBOX_TOTAL=5\nexport DISCORD_TOKEN=old\n\nLOG_LEVEL=info\nDISCORD_TOKEN=older\n";
    const run = await setUp([discord.token, "", "", ""], before);
    expect(run.written()).toBe(`# mine\nSANDBOX_TOTAL=5\nDISCORD_TOKEN=${discord.token}\n\nLOG_LEVEL=info\n`);
    expect(statSync(run.file).mode & 0o777).toBe(0o600);
  });

  it("says why a token is not accepted and asks again", async () => {
    const { stdout, written } = await setUp([
      "wrong.token.here",
      "with blanks",
      discord.token,
      "nowhere",
      "",
      "xoxp-1",
      "",
      "",
    ]);
    expect(stdout).toContain("Discord does not accept this token");
    expect(stdout).toContain("characters in it that no token has");
    expect(stdout).toContain("17 to 20 digits");
    expect(stdout).toContain("starts with xoxb-");
    expect(written()).toBe(`DISCORD_TOKEN=${discord.token}\n`);
  });

  it("names scopes that were not granted", async () => {
    const team = slack.newTeam("millers");
    team.scopes.delete("files:write");
    const { stdout } = await setUp(["", team.botToken, slack.appToken]);
    expect(stdout).toContain("Not granted yet: files:write");
  });

  it("takes HTTP with a signing secret instead of Socket Mode", async () => {
    const { written } = await setUp(["", slack.team.botToken, "", slack.signingSecret]);
    expect(written()).toContain(`SLACK_SIGNING_SECRET=${slack.signingSecret}`);
  });

  it("writes nothing and says so when everything is skipped, and when the input ends in the middle", async () => {
    for (const lines of [
      ["", "", ""],
      ["", slack.team.botToken],
    ]) {
      const run = await setUp(lines);
      expect(run.status).toBe(1);
      expect(run.stdout).toContain("Nothing was written");
      expect(run.written).toThrow("ENOENT");
    }
  });
});
