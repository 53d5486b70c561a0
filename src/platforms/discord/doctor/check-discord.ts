import { type Answer, askService } from "../../../core/checks/ask-service.ts";
import { type Check, type Finding, fail, ok, type Surroundings, warn } from "../../../core/checks/finding.ts";
import { menus } from "../intake/menus.ts";
import { platformName } from "../intake/read.ts";
import type { DiscordSettings } from "../settings.ts";
import { declare } from "../transport/commands.ts";
import { lackingIn } from "../transport/permissions.ts";
import { sameCommands } from "../transport/register.ts";
import { checkChannels } from "./check-discord-channels.ts";
import { inviteLink } from "./invite-link.ts";

const portal = "https://discord.com/developers/applications";

/** As Discord wants programs to name themselves: https://discord.com/developers/docs/reference#user-agent */
const agent = "DiscordBot (bakehouse, 0.1.0)";

/** The parts of Discord's answers that are looked at: https://discord.com/developers/docs/resources/application */
interface Application {
  id?: string;
  name?: string;
  flags?: number;
  interactions_endpoint_url?: string | null;
  bot_require_code_grant?: boolean;
}
interface Server {
  id: string;
  name: string;
  permissions: string;
}
interface Gateway {
  shards?: number;
  session_start_limit?: { remaining: number; reset_after: number };
}

/** Asks Discord about the token, the application, its servers and its commands. */
export const checkDiscord: Check<DiscordSettings> = async (surroundings) => {
  const { DISCORD_TOKEN: token, DISCORD_API_URL: apiUrl = "https://discord.com/api" } = surroundings.config;
  if (!token) return [ok("discord", "not set up: there is no DISCORD_TOKEN")];
  const ask = async (path: string): Promise<Answer> => {
    const answer = await askService(`${apiUrl.replace(/\/$/, "")}/v10${path}`, `Bot ${token}`, { agent });
    if (answer.clock) surroundings.heard({ whose: "Discord", theirs: answer.clock, ours: surroundings.now() });
    return answer;
  };
  const me = await ask("/users/@me");
  if (me.status !== 200) return [refusedToken(me.status)];
  const application = (await ask("/applications/@me")).body as Application;
  const { body: list } = await ask("/users/@me/guilds?limit=200");
  const all = Array.isArray(list) ? (list as Server[]) : [];
  const servers = all.filter((one) => isMeant(one, surroundings));
  const bot = (me.body as { id: string }).id;
  const id = application.id ?? bot;
  return [
    ok("discord token", `belongs to ${(me.body as { username?: string }).username ?? id}`),
    ...checkApplication(application),
    ...checkGateway((await ask("/gateway/bot")).body as Gateway, surroundings),
    ...checkServers(servers, id, surroundings),
    ...(servers.length > 0 ? await checkChannels(ask, bot, servers) : []),
    ...(await checkCommands(ask, id, surroundings)),
  ];
};

/** Who asks from one server hears of that one only; who asks from elsewhere, of none. */
function isMeant({ id }: Server, { only }: Surroundings<DiscordSettings>): boolean {
  return only === undefined || (only.platform === platformName && only.workspace === id);
}

function refusedToken(status: number): Finding {
  if (status !== 401) {
    return fail(
      "discord token",
      `Discord answered with status ${status}`,
      "It could not be found out whether the token is right.",
      "Try again in some minutes; https://discordstatus.com tells about outages.",
    );
  }
  return fail(
    "discord token",
    "Discord does not accept DISCORD_TOKEN",
    "The bot cannot log in to Discord.",
    `Copy the token again: ${portal}, your application, Bot, Reset Token.`,
  );
}

function checkApplication(application: Application): Finding[] {
  const findings: Finding[] = [];
  if (application.interactions_endpoint_url) {
    findings.push(
      fail(
        "discord application",
        "an Interactions Endpoint URL is set",
        "Discord sends commands and buttons there, and this bot never sees them.",
        `Empty that field: ${portal}, your application, General Information.`,
      ),
    );
  }
  if (application.bot_require_code_grant) {
    findings.push(
      fail(
        "discord application",
        "Requires OAuth2 Code Grant is on",
        "The invite link does not add the bot to a server.",
        `Turn it off: ${portal}, your application, Bot.`,
      ),
    );
  }
  if (privileged.some((bit) => ((application.flags ?? 0) & bit) !== 0)) {
    findings.push(
      warn(
        "discord application",
        "a privileged intent is on",
        "The application may see more than Bakehouse ever asks for.",
        `Turn off all Privileged Gateway Intents: ${portal}, your application, Bot.`,
      ),
    );
  }
  return findings.length ? findings : [ok("discord application", `${application.name ?? "it"} is set as it should be`)];
}

/** Presence, members and message content, each in full and limited: https://discord.com/developers/docs/resources/application#application-object-application-flags */
const privileged = [12, 13, 14, 15, 18, 19].map((bit) => 1 << bit);

function checkGateway(
  { shards = 1, session_start_limit: starts }: Gateway,
  { config }: Surroundings<DiscordSettings>,
): Finding[] {
  if (starts && starts.remaining < 5) {
    return [
      fail(
        "discord connection",
        `only ${starts.remaining} connections are left today`,
        "Discord resets the token of a bot that connects too often.",
        `Keep the bot from starting again and again, and wait ${Math.ceil(starts.reset_after / 3_600_000)} hours.`,
      ),
    ];
  }
  if (shards > 2 && config.DISCORD_SHARDS === undefined) {
    return [
      warn(
        "discord connection",
        `Discord recommends ${shards} shards, and there is one`,
        "From 2,500 servers on Discord refuses a bot with a single shard.",
        "Set DISCORD_SHARDS=auto.",
      ),
    ];
  }
  return [];
}

function checkServers(
  servers: readonly Server[],
  application: string,
  { config, only: one }: Surroundings<DiscordSettings>,
): Finding[] {
  const name = "discord permissions";
  const invite = `Invite it: ${inviteLink(application)}`;
  const findings = servers.flatMap((server) => {
    const missing = lackingIn(BigInt(server.permissions), "channel");
    if (!missing.length) return [];
    return fail(
      name,
      `in ${server.name} the bot lacks ${missing.join(", ")}`,
      "What needs these does not work there.",
      `Give them to the bot's role under Server Settings, Roles, or invite it again: ${inviteLink(application)}`,
    );
  });
  const { DISCORD_GUILD_ID: only } = config;
  if (one !== undefined) {
    // Who asks about one server need not be told of others.
    if (servers.length === 0) return [];
  } else if (only && !servers.some(({ id }) => id === only)) {
    findings.push(
      fail(
        name,
        `the bot is not in the server ${only} of DISCORD_GUILD_ID`,
        "It can register no commands there.",
        invite,
      ),
    );
  } else if (!servers.length) {
    findings.push(warn(name, "the bot is in no server yet", "It answers in direct messages only.", invite));
  }
  return findings.length
    ? findings
    : [ok(name, `everything it needs, in ${servers.length} of ${servers.length} servers`)];
}

async function checkCommands(
  ask: (path: string) => Promise<Answer>,
  application: string,
  { config: { DISCORD_GUILD_ID: guild }, commands }: Surroundings<DiscordSettings>,
): Promise<Finding[]> {
  const name = "discord commands";
  const { status, body } = await ask(`/applications/${application}${guild ? `/guilds/${guild}` : ""}/commands`);
  if (status !== 200) {
    return [
      fail(
        name,
        `Discord does not tell which commands there are (status ${status})`,
        "The bot may not register its commands; mentions still work.",
        `Invite it with the scope applications.commands: ${inviteLink(application)}`,
      ),
    ];
  }
  const known = body as { name: string }[];
  const wanted = declare(commands, menus, guild === undefined);
  if (sameCommands(known, wanted)) return [ok(name, `all ${wanted.length} are registered as they should be`)];
  const lacks = (list: readonly { name: string }[], from: readonly { name: string }[], word: string) => {
    const missing = from.filter((one) => !list.some((other) => other.name === one.name)).map((one) => one.name);
    return missing.length ? [`${word}: ${missing.join(", ")}`] : [];
  };
  const said = [...lacks(known, wanted, "new"), ...lacks(wanted, known, "gone")];
  return [
    warn(
      name,
      `Discord has other commands than this version (${said.join("; ") || "some changed"})`,
      "People see the old ones.",
      "Start the bot: it writes them by itself.",
    ),
  ];
}
