import { z } from "zod";
import { webAddress } from "../../chat/web-address.ts";

/** What the host may set for Discord. */
export const settings = {
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
  DISCORD_API_URL: webAddress.optional().describe("Where Discord's REST interface is; leave it out for Discord's own"),
};

/** The checked settings of Discord. */
export type DiscordSettings = z.output<z.ZodObject<typeof settings>>;
