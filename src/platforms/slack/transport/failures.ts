import { setTimeout as wait } from "node:timers/promises";
import { UnreachableError } from "../../../core/platform.ts";

/** What no retry can mend: the workspace, channel or message is gone, or the app may not speak there. */
const unreachable = new Set([
  "account_inactive",
  "cannot_reply_to_message",
  "cant_update_message",
  "channel_is_archived",
  "channel_not_found",
  "edit_window_closed",
  "invalid_auth",
  "is_archived",
  "message_not_found",
  "messages_tab_disabled",
  "missing_scope",
  "no_permission",
  "not_authed",
  "not_in_channel",
  "restricted_action",
  "team_access_not_granted",
  "team_not_found",
  "thread_not_found",
  "token_revoked",
  "user_not_found",
]);

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
  return refusal !== undefined && unreachable.has(refusal) ? new UnreachableError(`Slack says ${refusal}`) : error;
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
