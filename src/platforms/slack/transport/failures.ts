import { setTimeout as wait } from "node:timers/promises";
import { UnreachableError } from "../../../core/platform.ts";

const lines = {
  invite: "I am not in this channel, so I cannot post here. Type `/invite @bakehouse` here, then try again.",
  archived: "This channel is archived, so nobody can post here. Try again in another channel.",
  restricted:
    "This channel does not let me post: only some people may. Try again in another channel, or ask an admin of the workspace to let apps post here.",
  gone: "The message or thread this belongs to is gone, so I cannot post there. Try again in the channel itself.",
  unlicensed:
    "This workspace has not given me the permission that this needs, so I cannot post here. Tell whoever runs me: `npm run doctor` names what is missing.",
  locked: "Slack does not let me into this workspace any more. Tell whoever runs me: `npm run doctor` says why.",
};

/** What no retry can mend: the workspace, channel or message is gone, or the app may not speak there. And what people are told then. */
const unreachable = new Map<string, string>([
  ["access_denied", lines.locked],
  ["account_inactive", lines.locked],
  ["cannot_reply_to_message", lines.gone],
  ["cant_update_message", lines.gone],
  ["channel_is_archived", lines.archived],
  ["channel_not_found", lines.invite],
  ["edit_window_closed", lines.gone],
  ["ekm_access_denied", lines.locked],
  ["invalid_auth", lines.locked],
  ["is_archived", lines.archived],
  ["is_inactive", lines.archived],
  ["message_not_found", lines.gone],
  ["messages_tab_disabled", lines.unlicensed],
  ["method_not_supported_for_channel_type", lines.restricted],
  ["missing_scope", lines.unlicensed],
  ["no_permission", lines.unlicensed],
  ["not_authed", lines.locked],
  ["not_in_channel", lines.invite],
  ["org_login_required", lines.locked],
  ["posting_to_channel_denied", lines.restricted],
  ["team_access_not_granted", lines.locked],
  ["team_not_found", lines.locked],
  ["thread_not_found", lines.gone],
  ["token_expired", lines.locked],
  ["token_revoked", lines.locked],
  ["user_not_found", lines.locked],
]);

/** What people are told about a refusal that no retry can mend; undefined for any other. Slack has several kinds of `restricted_action`. */
function adviceOn(refusal: string): string | undefined {
  return unreachable.get(refusal) ?? (/^restricted_action/.test(refusal) ? lines.restricted : undefined);
}

interface Failure {
  code?: string;
  data?: { error?: string };
  statusCode?: number;
  retryAfter?: number;
}

/** Slack's own name for what went wrong, for example `channel_not_found`; undefined when Slack did not answer. */
export function refusalOf(error: unknown): string | undefined {
  const { code, data } = (error ?? {}) as Failure;
  return code === "slack_webapi_platform_error" ? data?.error : undefined;
}

/** An {@link UnreachableError} where Slack's answer means that, else the error itself. */
export function translate(error: unknown): unknown {
  const refusal = refusalOf(error);
  const advice = refusal === undefined ? undefined : adviceOn(refusal);
  return advice === undefined ? error : new UnreachableError(`Slack says ${refusal}`, advice);
}

/** What people are told about what Slack refused, where no retry can mend it. */
export function adviceOf(error: unknown): string | undefined {
  const translated = translate(error);
  return translated instanceof UnreachableError ? translated.advice : undefined;
}

/** How often and how long (ms) to try again. */
const tries = { limited: 5, passing: 3, pause: 250, longest: 60_000 };

/**
 * Calls Slack. A rate limit is waited out, for this call alone; what failed on the way is tried again when `safe` says that doing it
 * twice does no harm. Throws the last error.
 */
export async function persist<T>(call: () => Promise<T>, safe: boolean): Promise<T> {
  let limited = 0;
  let passing = 0;
  for (;;) {
    try {
      return await call();
    } catch (error) {
      const { code, statusCode, retryAfter } = (error ?? {}) as Failure;
      if (code === "slack_webapi_rate_limited_error" && ++limited < tries.limited) {
        await wait(Math.min(tries.longest, (retryAfter ?? 1) * 1000));
        continue;
      }
      const mayPass =
        code === "slack_webapi_request_error" || (code === "slack_webapi_http_error" && (statusCode ?? 0) >= 500);
      if (!safe || !mayPass || ++passing >= tries.passing) throw error;
      await wait(tries.pause * 2 ** passing);
    }
  }
}
