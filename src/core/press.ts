import type { Press } from "./reply.ts";

/** The longest encoded press, in characters: Discord's `custom_id` limit. */
export const pressLimit = 100;

/**
 * Writes a press as `v1:quiz answer?round=k3f9&choice=2`.
 * Throws when it would be longer than {@link pressLimit}: only ids may travel, the rest belongs in the store.
 */
export function encodePress(press: Press): string {
  const query = new URLSearchParams(press.options).toString();
  const encoded = `v1:${press.command}${query ? `?${query}` : ""}`;
  if (encoded.length > pressLimit) throw new Error(`a press is at most ${pressLimit} characters: ${encoded}`);
  return encoded;
}

/** Reads what {@link encodePress} wrote; null for anything else, including versions this program does not know. */
export function decodePress(encoded: string): Press | null {
  if (encoded.length > pressLimit) return null;
  const match = /^v1:([a-z][a-z -]*)(?:\?(.*))?$/s.exec(encoded);
  if (!match?.[1]) return null;
  return { command: match[1], options: Object.fromEntries(new URLSearchParams(match[2] ?? "")) };
}
