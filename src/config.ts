import { readFileSync } from "node:fs";
import { z } from "zod";
import { AllowedImagesError, readAllowedImages } from "./sandbox/guard/allowed-images.ts";

const count = (most: number) => z.coerce.number().int().min(0).max(most);
const url = z.url({ protocol: /^https?$/, error: "it is an address that starts with http:// or https://" });
const list = z.string().transform((value) => value.split(/[\s,]+/).filter(Boolean));

/** Ids as in `discord:123,slack:T1/U2`, turned into those that people have in the bot. */
const hosts = list.transform((ids, context) => {
  const wrong = ids.find((id) => !/^(?:discord:\d{17,20}|slack:[A-Z0-9]+[/:][A-Z0-9]+)$/.test(id));
  if (wrong === undefined) return ids.map((id) => id.replace("/", ":"));
  context.addIssue({ code: "custom", message: "each is like discord:123456789012345678 or slack:T0123ABCD/U0123ABCD" });
  return z.NEVER;
});

const images = z.string().transform((value, context) => {
  try {
    return readAllowedImages(value);
  } catch (error) {
    if (!(error instanceof AllowedImagesError)) throw error;
    context.addIssue({ code: "custom", message: error.message });
    return z.NEVER;
  }
});

/** Every setting, read from the environment. `.env.example` lists the same names; a test compares them. */
export const settings = z.object({
  DISCORD_TOKEN: z
    .string()
    .optional()
    .describe("The bot token: Discord developer portal, your application, Bot, Reset Token"),
  DISCORD_GUILD_ID: z
    .string()
    .regex(/^\d{17,20}$/, "it is a number of 17 to 20 digits")
    .optional()
    .describe(
      "Register commands in this server only, where changes show at once: right-click the server, Copy Server ID",
    ),
  DISCORD_SHARDS: z
    .union([z.literal("auto"), z.coerce.number().int().min(1).max(200)])
    .optional()
    .describe("How many shards: a number, or auto; needed from 2,500 servers on"),
  DISCORD_API_URL: url.optional().describe("Where Discord's REST interface is; leave it out for Discord's own"),
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
  SLACK_API_URL: url.optional().describe("Where Slack's Web API is; leave it out for Slack's own"),
  HOSTS: hosts
    .optional()
    .describe(
      "Who runs this bot, and so may use `content reload` and see the whole `doctor` in chat: discord:USER-ID or slack:TEAM/USER, with commas between; a refusal shows one's own",
    ),
  DOCKER_HOST: z
    .string()
    .optional()
    .describe(
      "The Docker engine for sandboxes, such as unix:///var/run/docker.sock, tcp://host:2376 or ssh://user@host; without a reachable one the bot answers and quizzes, and shows recorded experiments",
    ),
  CAKE_BASE: z
    .string()
    .optional()
    .describe("A local base image for the practice image, where the pinned public one cannot be pulled"),
  SANDBOX_TOTAL: count(1000).default(40).describe("How many sandboxes may run at once; 0 turns them off"),
  SANDBOX_PER_WORKSPACE: count(1000).default(20).describe("How many of them in one server or workspace"),
  SANDBOX_POOL: count(20).default(2).describe("How many containers wait warm for the next learner"),
  SANDBOX_IMAGES: images
    .optional()
    .describe(
      "Further images for sandboxes by digest, with commas between: python=python@sha256:…, alpine=alpine@sha256:…",
    ),
  SANDBOX_RUNTIME: z
    .string()
    .regex(/^[\w.-]+$/)
    .optional()
    .describe("Another container runtime of the engine, such as crun or runsc"),
  DATABASE_URL: z
    .string()
    .regex(/^postgres(ql)?:\/\//, "it starts with postgres://")
    .optional()
    .describe(
      "A PostgreSQL to keep everything in instead of one file under DATA_DIR: postgres://user:password@host/database",
    ),
  DATA_DIR: z.string().default("data").describe("Where Bakehouse keeps its files; it is made if it is missing"),
  CONTENT_DIR: z
    .string()
    .optional()
    .describe(
      "A folder with your own concepts, questions, experiments and labs, added to the ones that come with Bakehouse",
    ),
  HEALTH_PORT: z.coerce
    .number()
    .int()
    .min(1)
    .max(65_535)
    .optional()
    .describe("A port where /healthz, /readyz and /metrics answer, for a watchdog; leave it out for none"),
  HEALTH_HOST: z
    .union([z.ipv4(), z.ipv6(), z.literal("localhost")], {
      error: "it is an address of this machine, such as 127.0.0.1, 0.0.0.0 or ::",
    })
    .default("127.0.0.1")
    .describe(
      "The address of this machine at which HEALTH_PORT answers; 0.0.0.0 lets other machines ask, so keep it behind a firewall or in a container's own network",
    ),
  LOG_LEVEL: z
    .enum(["debug", "info", "warn", "error", "silent"])
    .optional()
    .describe("How much is logged: debug, info, warn, error or silent. Default: info, in the terminal warn"),
  LOG_FILE: z
    .string()
    .optional()
    .describe(
      "Where the log goes: a file, or stderr for standard error. Default: standard error, in the terminal the file bakehouse.log in DATA_DIR",
    ),
});

/** The checked settings. */
export type Config = z.output<typeof settings>;

/** A setting could not be used. `message` names every bad one. */
export class ConfigError extends Error {
  /** One sentence or more for each, beginning with the setting's name. */
  readonly problems: readonly string[];

  constructor(problems: string[]) {
    super(`Bakehouse cannot start, because some settings are wrong:\n${problems.map((one) => `- ${one}`).join("\n")}`);
    this.name = "ConfigError";
    this.problems = problems;
  }
}

/**
 * Reads the settings. A variable `X_FILE` names a file that holds the value of `X`. Empty values count as unset.
 * Throws {@link ConfigError} with all problems at once; values are never repeated in it, since they may be secrets.
 */
export function readConfig(environment: Record<string, string | undefined>): Config {
  const problems: string[] = [];
  const values: Record<string, string> = {};
  for (const name of Object.keys(settings.shape)) {
    const direct = environment[name];
    const file = environment[`${name}_FILE`];
    if (direct) values[name] = direct;
    else if (file) {
      try {
        values[name] = readFileSync(file, "utf8").trim();
      } catch {
        problems.push(`${name}_FILE: the file ${file} cannot be read. Check the path and who may read it.`);
      }
    }
  }
  const parsed = settings.safeParse(values);
  for (const issue of parsed.error?.issues ?? []) {
    const name = String(issue.path[0]) as keyof typeof settings.shape;
    problems.push(`${name}: ${issue.message}. ${settings.shape[name].description ?? ""}`);
  }
  if (parsed.data) problems.push(...halfSetUp(parsed.data));
  if (problems.length || !parsed.success) throw new ConfigError(problems);
  return parsed.data;
}

/** What is missing, or too much, for a platform that is only half set up. */
function halfSetUp(config: Config): string[] {
  const { SLACK_BOT_TOKEN: bot, SLACK_APP_TOKEN: app, SLACK_SIGNING_SECRET: secret } = config;
  if (config.SLACK_CLIENT_ID || config.SLACK_CLIENT_SECRET) return halfInstallable(config);
  if (bot && !app && !secret) {
    return [
      "SLACK_APP_TOKEN: missing beside SLACK_BOT_TOKEN. Set it for Socket Mode, or SLACK_SIGNING_SECRET for HTTP.",
    ];
  }
  if (!bot && (app || secret)) {
    return [
      `SLACK_BOT_TOKEN: missing beside ${app ? "SLACK_APP_TOKEN" : "SLACK_SIGNING_SECRET"}. ${settings.shape.SLACK_BOT_TOKEN.description}. For several workspaces set SLACK_CLIENT_ID instead`,
    ];
  }
  return [];
}

/** What does not fit together for an app that several workspaces install. */
function halfInstallable(config: Config): string[] {
  const problems: string[] = [];
  for (const name of ["SLACK_CLIENT_ID", "SLACK_CLIENT_SECRET", "SLACK_SIGNING_SECRET"] as const) {
    if (config[name]) continue;
    const other = config.SLACK_CLIENT_ID ? "SLACK_CLIENT_ID" : "SLACK_CLIENT_SECRET";
    problems.push(`${name}: missing beside ${other}. ${settings.shape[name].description}`);
  }
  if (config.SLACK_BOT_TOKEN)
    problems.push(
      "SLACK_BOT_TOKEN: it is for one workspace, and SLACK_CLIENT_ID is for several, each with a token of its own. Leave one of them out.",
    );
  if (config.SLACK_APP_TOKEN)
    problems.push(
      "SLACK_APP_TOKEN: it is for Socket Mode, and several workspaces can install the app only over HTTP. Leave it out beside SLACK_CLIENT_ID.",
    );
  return problems;
}
