import { z } from "zod";
import { webAddress } from "../../chat/web-address.ts";

const list = z.string().transform((value) => value.split(/[\s,]+/).filter(Boolean));

/** What the host may set for Slack. */
export const settings = {
  SLACK_BOT_TOKEN: z
    .string()
    .startsWith("xoxb-", "it starts with xoxb-")
    .optional()
    .describe("The bot token: Slack app settings, OAuth & Permissions, Bot User OAuth Token"),
  SLACK_APP_TOKEN: z
    .string()
    .startsWith("xapp-", "it starts with xapp-")
    .optional()
    .describe(
      "For Socket Mode, the app-level token with connections:write: Slack app settings, Basic Information, App-Level Tokens",
    ),
  SLACK_SIGNING_SECRET: z
    .string()
    .optional()
    .describe("For HTTP instead of Socket Mode: Slack app settings, Basic Information, Signing Secret"),
  SLACK_CLIENT_ID: z
    .string()
    .regex(/^\d+\.\d+$/, "it is two numbers with a dot between")
    .optional()
    .describe(
      "For several workspaces with one app, over HTTP and instead of SLACK_BOT_TOKEN: Slack app settings, Basic Information, Client ID",
    ),
  SLACK_CLIENT_SECRET: z
    .string()
    .optional()
    .describe("With SLACK_CLIENT_ID: Slack app settings, Basic Information, Client Secret"),
  SLACK_PORT: z.coerce.number().int().min(0).max(65_535).default(3000).describe("The port for Slack over HTTP"),
  SLACK_TUTORS: list
    .optional()
    .describe("Slack member ids of instructors, with commas between; workspace admins need not be named"),
  SLACK_API_URL: webAddress.optional().describe("Where Slack's Web API is; leave it out for Slack's own"),
};

/** The checked settings of Slack. */
export type SlackSettings = z.output<z.ZodObject<typeof settings>>;

/** What is missing, or too much, where Slack is only half set up. */
export function misfits(given: SlackSettings): string[] {
  const { SLACK_BOT_TOKEN: bot, SLACK_APP_TOKEN: app, SLACK_SIGNING_SECRET: secret } = given;
  if (given.SLACK_CLIENT_ID || given.SLACK_CLIENT_SECRET) return misfitsOfInstallable(given);
  if (bot && !app && !secret) {
    return [
      "SLACK_APP_TOKEN: missing beside SLACK_BOT_TOKEN. Set it for Socket Mode, or SLACK_SIGNING_SECRET for HTTP.",
    ];
  }
  if (!bot && (app || secret)) {
    return [
      `SLACK_BOT_TOKEN: missing beside ${app ? "SLACK_APP_TOKEN" : "SLACK_SIGNING_SECRET"}. ${settings.SLACK_BOT_TOKEN.description}. For several workspaces set SLACK_CLIENT_ID instead`,
    ];
  }
  return [];
}

/** What does not fit together for an app that several workspaces install. */
function misfitsOfInstallable(given: SlackSettings): string[] {
  const problems: string[] = [];
  for (const name of ["SLACK_CLIENT_ID", "SLACK_CLIENT_SECRET", "SLACK_SIGNING_SECRET"] as const) {
    if (given[name]) continue;
    const other = given.SLACK_CLIENT_ID ? "SLACK_CLIENT_ID" : "SLACK_CLIENT_SECRET";
    problems.push(`${name}: missing beside ${other}. ${settings[name].description}`);
  }
  if (given.SLACK_BOT_TOKEN)
    problems.push(
      "SLACK_BOT_TOKEN: it is for one workspace, and SLACK_CLIENT_ID is for several, each with a token of its own. Leave one of them out.",
    );
  if (given.SLACK_APP_TOKEN)
    problems.push(
      "SLACK_APP_TOKEN: it is for Socket Mode, and several workspaces can install the app only over HTTP. Leave it out beside SLACK_CLIENT_ID.",
    );
  return problems;
}
