import { askService, ServiceAwayError } from "../../src/core/checks/ask-service.ts";
import { inviteLink } from "../../src/platforms/discord/doctor/invite-link.ts";
import { askChecked } from "./ask-checked.ts";
import { discordReasons } from "./permissions.ts";
import type { Prompt } from "./prompt.ts";

const portal = "https://discord.com/developers/applications";

/** Asks for what Discord needs, checks it, and tells how to invite the bot. Resolves with the settings to write. */
export async function setUpDiscord(
  prompt: Prompt,
  known: Record<string, string | undefined>,
): Promise<Record<string, string>> {
  prompt.say(
    `Discord\n  Make an application at ${portal}, open it, choose Bot, press Reset Token and copy the token.\n  It needs no privileged intent.`,
  );
  const apiUrl = known.DISCORD_API_URL ?? "https://discord.com/api";
  const ask = (path: string, token: string) => askService(`${apiUrl.replace(/\/$/, "")}/v10${path}`, `Bot ${token}`);
  const token = await askChecked(prompt, {
    question: "Discord bot token",
    secret: true,
    known: Boolean(known.DISCORD_TOKEN),
    async check(value) {
      try {
        const me = await ask("/users/@me", value);
        if (me.status === 401)
          return { bad: "Discord does not accept this token. Press Reset Token once more and copy all of it." };
        if (me.status !== 200) return { bad: `Discord answered with status ${me.status}. Try again in a moment.` };
        const application = (await ask("/applications/@me", value)).body as { id?: string };
        const { id, username } = me.body as { id: string; username: string };
        return { good: { id: application.id ?? id, username } };
      } catch (error) {
        if (!(error instanceof ServiceAwayError)) throw error;
        return { bad: `Discord cannot be reached: ${error.message}. Check the network, then paste the token again.` };
      }
    },
  });
  if (!token) return {};
  const { id, username } = token.good;
  prompt.say(`The token is good: it belongs to ${username}.\n\nInvite the bot to your server:\n  ${inviteLink(id)}\n`);
  prompt.say(`It asks for:\n${discordReasons()}\n`);
  const server = await askChecked(prompt, {
    question: "To register commands in one server only, where changes show at once, its id",
    known: Boolean(known.DISCORD_GUILD_ID),
    check: async (value) =>
      /^\d{17,20}$/.test(value)
        ? { good: value }
        : { bad: "A server's id is a number of 17 to 20 digits: right-click the server, Copy Server ID." },
  });
  return { DISCORD_TOKEN: token.value, ...(server && { DISCORD_GUILD_ID: server.value }) };
}
