import type { Caller, Place } from "../core/context.ts";
import { mention } from "../core/mention.ts";

/** Who is named: a person's id such as `discord:12`, or `role:` and the platform's id of a role. */
export type Grantee = string;

/**
 * Reads who is meant, from a mention as the platform writes it, or in the terminal from a name.
 * `group` is a Slack user group: whose members it has, Slack tells only apps with a further scope. Null for anything else.
 * https://discord.com/developers/docs/reference#message-formatting https://docs.slack.dev/messaging/formatting-message-text#mentioning-users
 */
export function readGrantee(typed: string, { platform, workspace }: Place): Grantee | "group" | null {
  const words = typed.trim();
  if (platform === "discord") {
    const [, sign, id] = /^<@([!&]?)(\d{5,20})>$/.exec(words) ?? [];
    if (id === undefined) return null;
    return sign === "&" ? `role:${id}` : `discord:${id}`;
  }
  if (platform === "slack") {
    if (/^<!subteam\^/.test(words)) return "group";
    const [, id] = /^<@([UW][A-Z0-9]+)(?:\|[^>]*)?>$/.exec(words) ?? [];
    return id === undefined ? null : `slack:${workspace}:${id}`;
  }
  const [, name] = /^@?([\p{L}\p{N}][\p{L}\p{N}_-]{0,30})$/u.exec(words) ?? [];
  return name === undefined ? null : `${platform}:${name.toLowerCase()}`;
}

/** Everything by which somebody may have been named. */
export function granteesOf({ person }: Caller): Grantee[] {
  return [person.id, ...(person.roles ?? []).map((role) => `role:${role}`)];
}

/** The named person or role, for readers. */
export function showGrantee(grantee: Grantee): string {
  const id = grantee.slice(grantee.lastIndexOf(":") + 1);
  return mention(grantee.startsWith("role:") ? "role" : "person", id);
}
