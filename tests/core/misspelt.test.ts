import { describe, expect, it } from "vitest";
import { settings } from "../../src/config.ts";
import { findMisspelt } from "../../src/core/misspelt.ts";

const names = Object.keys(settings.shape);
const meantBy = (name: string) => findMisspelt({ [name]: "x" }, names)[0]?.meant;

describe("a misspelt setting", () => {
  it.each([
    ["DISCORD_TOKN", "DISCORD_TOKEN"],
    ["DICSORD_TOKEN", "DISCORD_TOKEN"],
    ["DISCORD_BOT_TOKEN", "DISCORD_TOKEN"],
    ["discord_token", "DISCORD_TOKEN"],
    ["DISCORD-TOKEN", "DISCORD_TOKEN"],
    ["DISCORDTOKEN", "DISCORD_TOKEN"],
    ["TOKEN_DISCORD", "DISCORD_TOKEN"],
    ["DISCORD_TOKN_FILE", "DISCORD_TOKEN_FILE"],
    ["SLACK_BOT_TOEKN", "SLACK_BOT_TOKEN"],
    ["SLACK_TOKEN", "SLACK_BOT_TOKEN"],
    ["SLACK_SIGNIN_SECRET", "SLACK_SIGNING_SECRET"],
    ["BAKEHOUSE_DATA_DIR", "DATA_DIR"],
    ["DATABSE_URL", "DATABASE_URL"],
    ["SANBOX_TOTAL", "SANDBOX_TOTAL"],
    ["HEALTHPORT", "HEALTH_PORT"],
    ["LOGLEVEL", "LOG_LEVEL"],
    ["CONTENT_DIRS", "CONTENT_DIR"],
  ])("%s is taken for %s", (name, meant) => {
    expect(meantBy(name)).toBe(meant);
  });

  it.each([
    ...["PATH", "HOME", "LANG", "TERM", "SHELL", "USER", "PWD", "TZ", "NO_COLOR", "NODE_ENV", "NODE_OPTIONS", "DEBUG"],
    ...["HTTP_PROXY", "HTTPS_PROXY", "NO_PROXY", "HOSTNAME", "DOCKER_TLS_VERIFY", "DOCKER_CERT_PATH", "DOCKER_CONFIG"],
    ...["DOCKER_CONTEXT", "DOCKER_API_VERSION", "DOCKER_BUILDKIT", "XDG_DATA_DIRS", "XDG_CONFIG_HOME", "TMPDIR"],
    ...["LOGNAME", "SSH_AUTH_SOCK", "npm_config_cache", "npm_lifecycle_event", "INVOCATION_ID", "JOURNAL_STREAM"],
  ])("%s is left alone: it belongs to others", (name) => {
    expect(meantBy(name)).toBeUndefined();
  });

  it("is not missed where the right one is given as well, and not when it is empty", () => {
    expect(findMisspelt({ DISCORD_TOKEN: "x", DISCORD_BOT_TOKEN: "y", SLACK_BOT_TOEKN: "" }, names)).toEqual([]);
  });
});
