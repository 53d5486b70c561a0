import { definePlatform } from "../../core/platform-kind.ts";
import { readMention } from "./intake/read-mention.ts";
import { settings } from "./settings.ts";

/** Discord, as the bot knows it before it runs. */
export const discord = definePlatform({
  name: "discord",
  settings,
  secrets: ["DISCORD_TOKEN"],
  words: { moderators: "members who may manage messages, threads or the server", named: "person or role" },
  readMention,
  people: { ids: /^discord:\d{17,20}$/, example: "discord:123456789012345678" },
  moderatorsMend: ["discord channels", "discord permissions"],
  checksWorkspaces: true,
  isSetUp: ({ DISCORD_TOKEN }) => Boolean(DISCORD_TOKEN),
  check: async (surroundings) => (await import("./doctor/check-discord.ts")).checkDiscord(surroundings),
  load: () => Promise.all([import("./discord.ts"), import("discord.js")]),
  async create({ DISCORD_TOKEN: token, DISCORD_API_URL, DISCORD_GUILD_ID, DISCORD_SHARDS }, house) {
    if (token === undefined) throw new Error("DISCORD_TOKEN is not set");
    const { createDiscord } = await import("./discord.ts");
    return createDiscord({
      token,
      ...(DISCORD_API_URL && { apiUrl: DISCORD_API_URL }),
      ...(DISCORD_GUILD_ID && { guildId: DISCORD_GUILD_ID }),
      ...(DISCORD_SHARDS !== undefined && { shards: DISCORD_SHARDS }),
      log: house.log,
      inbox: house.inbox,
      onGone: house.onGone,
      onUninstall: house.onUninstall,
    });
  },
});
