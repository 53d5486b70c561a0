import type { Place } from "../../../core/context.ts";
import type { Invocation } from "../../../core/platform.ts";
import { sentences } from "../talk/sentences.ts";
import type { Session } from "../talk/session.ts";
import { lackingIn } from "../transport/permissions.ts";

/** Where a command is about to run. */
export interface Scene {
  /** Whether the bot itself is a member of the server; always false in direct messages. */
  hosted: boolean;
  /** What the bot may do in this channel. */
  permissions: bigint;
  place: Place;
}

/** Why a command cannot run here, in words; null when it can. `look` is called only for commands that speak to everybody. */
export function refusal(
  { app }: Session,
  { command: name }: Pick<Invocation, "command">,
  look: () => Scene,
): string | null {
  const command = app.commands.find((one) => one.name === name);
  if (command?.reach !== "community") return null;
  const scene = look();
  if (!scene.hosted) return sentences.community(name);
  const { thread, flat } = scene.place;
  const missing = lackingIn(scene.permissions, thread !== undefined ? "thread" : flat ? "voice" : "channel");
  return missing.length > 0 ? sentences.lacking(missing) : null;
}
