import { readFileSync } from "node:fs";
import { asked } from "../../src/platforms/discord/transport/permissions.ts";
import { scopes } from "../../src/platforms/slack/transport/scopes.ts";

const reasons: Record<(typeof asked)[number]["name"], string> = {
  "View Channels": "to see the channels it is used in",
  "Send Messages": "to answer",
  "Attach Files": "for pictures and for output that is too long for a message",
  "Read Message History": "to catch up with what was asked while it was away",
  "Create Public Threads": "to open a thread for a quiz or a long answer",
  "Send Messages in Threads": "to answer there",
};

/** Each permission the Discord bot asks for and each OAuth2 scope, with its reason, one a line. */
export function discordReasons(): string {
  const rows = [
    ["scope bot", "to join a server"],
    ["scope applications.commands", "for its slash commands and menus"],
    ...asked.map(({ name }) => [name, reasons[name]]),
  ];
  return table(rows as [string, string][]);
}

/** Each scope the Slack app asks for, with its reason, one a line. */
export function slackReasons(): string {
  return table(scopes.map(({ name, reason, optional }) => [name, optional ? `${reason} (optional)` : reason]));
}

/** The link that makes a Slack app with everything in the manifest filled in. */
export function slackLink(): string {
  const manifest: unknown = JSON.parse(readFileSync(new URL("../../slack/manifest.json", import.meta.url), "utf8"));
  return `https://api.slack.com/apps?new_app=1&manifest_json=${encodeURIComponent(JSON.stringify(manifest))}`;
}

function table(rows: [string, string][]): string {
  const width = Math.max(...rows.map(([name]) => name.length));
  return rows.map(([name, reason]) => `  ${name.padEnd(width)}  ${reason}`).join("\n");
}
