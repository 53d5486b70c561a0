import { mention } from "../core/mention.ts";
import { heading, privately, type Reply, reply, text } from "../core/reply.ts";
import type { Activity } from "../core/rules.ts";
import type { Reach } from "./channel-rules.ts";
import { showGrantee } from "./grantee.ts";
import type { Settled } from "./settings.ts";

const names: Record<Activity, string> = { quiz: "Quizzes for everybody", sandbox: "Sandboxes and labs" };

/** Channels by name, `#a, #b and #c`. */
export function listChannels(channels: readonly string[]): string {
  const shown = channels.map((channel) => mention("channel", channel));
  return shown.length < 2 ? shown.join("") : `${shown.slice(0, -1).join(", ")} and ${shown.at(-1)}`;
}

/** Where an activity is allowed, as a sentence. */
export function describeReach(activity: Activity, reach: Reach): string {
  const name = names[activity];
  if (!reach.everywhere)
    return reach.only.length > 0 ? `${name}: only in ${listChannels(reach.only)}.` : `${name}: nowhere.`;
  return reach.except.length > 0
    ? `${name}: everywhere except in ${listChannels(reach.except)}.`
    : `${name}: everywhere.`;
}

/** Everything that is settled, for moderators. */
export function viewSettings({ reach, moderators }: Settled, native: string): Reply {
  return privately(
    reply(
      heading("Settings"),
      text(`${describeReach("quiz", reach.quiz)}\n${describeReach("sandbox", reach.sandbox)}`),
      text(
        `May moderate: ${[native, ...moderators.map(showGrantee)].join(", ")}.${
          moderators.length > 0 ? "" : " Nobody else was named."
        }`,
      ),
      text(
        [
          "- `settings quiz here on`, `off`: whether quizzes for everybody may be held in this channel",
          "- `settings sandbox here on`, `off`: the same for sandboxes and labs; `everywhere` in place of `here` speaks of all channels",
          "- `settings moderators add`, `remove`: who may moderate besides",
        ].join("\n"),
      ),
    ),
  );
}
