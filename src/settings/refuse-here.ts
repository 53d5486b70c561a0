import type { Caller } from "../core/context.ts";
import { UserError } from "../core/errors.ts";
import type { PlatformWords } from "../core/platform-kind.ts";
import { button, press } from "../core/reply.ts";
import type { Activity } from "../core/rules.ts";
import type { Reach } from "./channel-rules.ts";
import { listChannels } from "./view-settings.ts";

/** What people hear who try something in a channel that it is kept out of, with where else it works. */
export function refuseHere(
  activity: Activity,
  reach: Reach,
  { person, place }: Caller,
  words: PlatformWords,
): UserError {
  const where = reach.everywhere
    ? "are not allowed in this channel"
    : reach.only.length === 0
      ? "are switched off here"
      : `are kept to ${listChannels(reach.only)}`;
  const allow = person.moderator && !place.direct;
  const settle = allow ? [button("Allow it here", press(`settings ${activity}`, { where: "here", state: "on" }))] : [];
  switch (activity) {
    case "quiz":
      return new UserError(
        `Quizzes for everybody ${where}, so I did not start one. \`quiz solo\` works everywhere, and only you see it.`,
        [button("Quiz me alone", press("quiz solo"), "primary"), ...settle],
      );
    case "sandbox":
      return new UserError(`Sandboxes ${where}, so I did nothing. ${sandboxElsewhere(reach, words)}`, settle);
  }
}

function sandboxElsewhere(reach: Reach, { elsewhere }: PlatformWords): string {
  if (!reach.everywhere && reach.only.length === 0) return "Questions, quizzes and experiments work as always.";
  return `Use yours ${reach.everywhere ? "in another channel" : "there"}${elsewhere ? ` or ${elsewhere}` : ""}.`;
}
