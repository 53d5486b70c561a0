import { mkdtempSync, readFileSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { ConfigError, readConfig, settings } from "../src/config.ts";

describe("the settings", () => {
  it("have defaults for all that a terminal needs", () => {
    expect(readConfig({})).toMatchObject({ DATA_DIR: "data" });
  });

  it("stand in .env.example, every one and no other", () => {
    const example = readFileSync(new URL("../.env.example", import.meta.url), "utf8");
    const names = [...example.matchAll(/^#? ?([A-Z][A-Z0-9_]+)=/gm)].map(([, name]) => name);
    expect(names.sort()).toEqual(Object.keys(settings.shape).sort());
  });

  it("name hosts by the ids that people have in the bot", () => {
    const ids = "discord:123456789012345678, slack:T1/U2 slack:T1:U3";
    expect(readConfig({ HOSTS: ids }).HOSTS).toEqual(["discord:123456789012345678", "slack:T1:U2", "slack:T1:U3"]);
    for (const wrong of ["ada", "discord:12", "slack:U2", "discord:123456789012345678,@ada"])
      expect(() => readConfig({ HOSTS: wrong })).toThrow(/HOSTS: each is like discord:/);
  });

  it("may be read from files, as secrets are", () => {
    const file = join(mkdtempSync(join(tmpdir(), "bakehouse-")), "dir");
    writeFileSync(file, "/srv/bakehouse\n");
    expect(readConfig({ DATA_DIR_FILE: file }).DATA_DIR).toBe("/srv/bakehouse");
  });

  it("that are wrong are all named at once, and their values are not repeated", () => {
    const wrong = () => readConfig({ LOG_LEVEL: "xoxb-secret", CONTENT_DIR_FILE: "/nowhere/at/all" });
    expect(wrong).toThrow(ConfigError);
    expect(wrong).toThrow(/CONTENT_DIR_FILE: the file \/nowhere\/at\/all cannot be read[\s\S]*LOG_LEVEL: /);
    expect(wrong).not.toThrow(/xoxb-secret/);
  });

  it("of a Slack app for several workspaces go together, and every one that is missing or too much is named at once", () => {
    const whole = { SLACK_CLIENT_ID: "12.34", SLACK_CLIENT_SECRET: "hush-hush", SLACK_SIGNING_SECRET: "s" };
    expect(readConfig(whole)).toMatchObject({ SLACK_CLIENT_ID: "12.34", SLACK_PORT: 3000 });
    const problemsOf = (environment: Record<string, string>) => {
      try {
        readConfig(environment);
        return [];
      } catch (error) {
        expect(String(error)).not.toContain("hush-hush");
        return (error as ConfigError).problems.map((one) => one.split(/[ .]/).slice(0, 2).join(" "));
      }
    };
    expect(problemsOf({ SLACK_CLIENT_ID: "12.34" })).toEqual([
      "SLACK_CLIENT_SECRET: missing",
      "SLACK_SIGNING_SECRET: missing",
    ]);
    expect(problemsOf({ SLACK_CLIENT_SECRET: "hush-hush", SLACK_SIGNING_SECRET: "s" })).toEqual([
      "SLACK_CLIENT_ID: missing",
    ]);
    expect(problemsOf({ ...whole, SLACK_BOT_TOKEN: "xoxb-1", SLACK_APP_TOKEN: "xapp-1" })).toEqual([
      "SLACK_BOT_TOKEN: it",
      "SLACK_APP_TOKEN: it",
    ]);
    expect(problemsOf({ ...whole, SLACK_CLIENT_ID: "the app" })).toEqual(["SLACK_CLIENT_ID: it"]);
  });
});
