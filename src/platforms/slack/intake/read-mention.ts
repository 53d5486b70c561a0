import type { Place } from "../../../core/context.ts";
import type { Named } from "../../../core/platform-kind.ts";

/**
 * Reads whom a mention names: https://docs.slack.dev/messaging/formatting-message-text#mentioning-users
 * A user group is refused: whose members it has, Slack tells only apps with a further scope.
 */
export function readMention(typed: string, { workspace }: Place): Named | null {
  const words = typed.trim();
  if (/^<!subteam\^/.test(words)) {
    return {
      refused:
        "Slack does not tell me who is in a user group: that would need a permission I do not ask for. Add the people one by one.",
    };
  }
  const [, id] = /^<@([UW][A-Z0-9]+)(?:\|[^>]*)?>$/.exec(words) ?? [];
  return id === undefined ? null : { id: `slack:${workspace}:${id}` };
}
