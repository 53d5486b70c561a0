import { createHash } from "node:crypto";
import type { Context } from "../core/context.ts";
import { encodePress, pressLimit } from "../core/press.ts";
import { type Press, press, type Reply } from "../core/reply.ts";
import type { Level } from "../tutor/answer.ts";

/** What an answer consists of: one card, or two side by side. */
export interface Shared {
  concepts: readonly [string] | readonly [string, string];
  level: Level;
}

/**
 * The press that shows a private answer to everybody here; undefined where everybody sees it anyway, where nobody else is, where the bot
 * cannot post, or when it would be too long for a control. `audience` is the one the answer will have.
 */
export function sharePress(
  context: Context,
  audience: Reply["audience"],
  { concepts, level }: Shared,
): Press | undefined {
  const { place, mute } = context;
  const hidden = audience === "asker" || (audience === undefined && context.private === true);
  if (!hidden || place.direct || mute) return undefined;
  // The same for the same event, so that an answer that is delivered twice is shared once.
  const id = createHash("sha256").update(context.event).digest("base64url").slice(0, 8);
  const made = press("share", { of: concepts.join("."), level, id });
  return fits(made) ? made : undefined;
}

function fits(made: Press): boolean {
  try {
    return encodePress(made).length <= pressLimit;
  } catch {
    return false;
  }
}
