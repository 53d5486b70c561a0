import type { Named } from "../../../core/platform-kind.ts";

/** Reads whom a mention names: https://discord.com/developers/docs/reference#message-formatting */
export function readMention(typed: string): Named | null {
  const [, sign, id] = /^<@([!&]?)(\d{5,20})>$/.exec(typed.trim()) ?? [];
  if (id === undefined) return null;
  return { id: sign === "&" ? `role:${id}` : `discord:${id}` };
}
