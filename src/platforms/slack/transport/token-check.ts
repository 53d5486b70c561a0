import type { WebClient } from "@slack/web-api";
import type { Log } from "../../../core/log.ts";
import type { PlatformHealth } from "../../../core/platform.ts";
import { refusalOf } from "./failures.ts";

/** How long (ms) Slack's word about a token is good for. */
const keepFor = 1000;

/** What Slack says of a token that works no more, and what the host can do. https://docs.slack.dev/reference/methods/auth.test#errors */
const ends = new Map([
  [
    "account_inactive",
    "the app was removed from the workspace. Install it again, then restart the bot with the new SLACK_BOT_TOKEN.",
  ],
  [
    "invalid_auth",
    "SLACK_BOT_TOKEN is not valid any more. Copy it again from OAuth & Permissions, then restart the bot.",
  ],
  ["not_authed", "SLACK_BOT_TOKEN is empty. Copy it again from OAuth & Permissions, then restart the bot."],
  ["token_expired", "SLACK_BOT_TOKEN has expired. Turn token rotation off, copy the token again and restart the bot."],
  ["token_revoked", "SLACK_BOT_TOKEN was revoked. Install the app again, then restart the bot with the new token."],
]);

/**
 * Whether Slack still takes the token of `client`: asked at most once in {@link keepFor}, whenever somebody wants to know, so a token that
 * works again is found by itself. Rate limits and other refusals say nothing about the token.
 */
export function createTokenCheck(client: WebClient, log: Log, now: () => number = Date.now) {
  let asked: Promise<PlatformHealth> | undefined;
  let until = 0;
  let last: PlatformHealth["state"] = "connected";

  async function ask(): Promise<PlatformHealth> {
    try {
      await client.auth.test();
      return { state: "connected" };
    } catch (error) {
      const refusal = refusalOf(error);
      const end = refusal === undefined ? undefined : ends.get(refusal);
      if (end !== undefined) return { state: "lost", why: `Slack says ${refusal}: ${end}` };
      const limited = (error as { code?: string }).code === "slack_webapi_rate_limited_error";
      if (refusal !== undefined || limited) return { state: "connected" };
      return { state: "reconnecting", why: "Slack does not answer." };
    }
  }

  async function look(): Promise<PlatformHealth> {
    const found = await ask();
    if (found.state === "lost" && last !== "lost") log.error("slack token refused", { why: found.why });
    if (found.state === "connected" && last === "lost") log.info("slack token accepted again");
    last = found.state;
    return found;
  }

  return (): Promise<PlatformHealth> => {
    if (!asked || now() >= until) {
      until = now() + keepFor;
      asked = look();
    }
    return asked;
  };
}
