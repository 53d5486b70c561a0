import type { Context } from "../core/context.ts";
import { encodePress, pressLimit } from "../core/press.ts";
import { type Press, press, type Reply } from "../core/reply.ts";
import type { Level } from "./cards/answer.ts";

/** What an answer consists of: a reviewed answer or a card by its id, or two cards side by side. */
export interface Shared {
  concepts: readonly [string] | readonly [string, string];
  level: Level;
}

/**
 * Whether an answer can be shown to everybody here later: not where everybody sees it anyway, where nobody else is, or where the bot cannot
 * post. `audience` is the one the answer will have.
 */
export function mayShare({ place, mute, private: alone }: Context, audience?: Reply["audience"]): boolean {
  const hidden = audience === "asker" || (audience === undefined && alone === true);
  return hidden && !place.direct && !mute;
}

/** The press that shows a private answer to everybody; undefined when it would be too long for a control. The same for everybody who asked. */
export function sharePress({ concepts, level }: Shared): Press | undefined {
  const made = press("share", { of: concepts.join("."), level });
  return fits(made) ? made : undefined;
}

function fits(made: Press): boolean {
  try {
    return encodePress(made).length <= pressLimit;
  } catch {
    return false;
  }
}
