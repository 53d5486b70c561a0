import { askedBits } from "../transport/permissions.ts";

/** The link that adds the bot to a server, with its commands and exactly the permissions it needs. */
export function inviteLink(application: string): string {
  const query = new URLSearchParams({
    client_id: application,
    scope: "bot applications.commands",
    permissions: String(askedBits),
  });
  return `https://discord.com/oauth2/authorize?${query}`;
}
