import type { Drawing } from "../draw/render.ts";
import { limits } from "../limits.ts";
import { lightFetch } from "../transport/light-fetch.ts";

/** A response_url: five uses within half an hour. https://docs.slack.dev/interactivity/handling-user-interaction#message_responses */
export interface Responder {
  /** Whether another use is left. */
  usable(): boolean;
  /** Sends to the asker alone, or to everybody in the channel. Throws when Slack refuses. */
  send(
    drawing: Pick<Drawing, "text" | "blocks">,
    options: { to: "asker" | "channel"; thread?: string; replace?: boolean },
  ): Promise<void>;
}

/** Counts the uses and the age of a response_url. */
export function createResponder(url: string, now: () => number = Date.now): Responder {
  const until = now() + limits.responseMs;
  let uses = 0;
  return {
    usable: () => uses < limits.responses && now() < until,
    async send({ text, blocks }, { to, thread, replace }) {
      uses++;
      const answer = await lightFetch(url, {
        method: "POST",
        headers: { "content-type": "application/json; charset=utf-8" },
        body: JSON.stringify({
          text,
          blocks,
          response_type: to === "channel" ? "in_channel" : "ephemeral",
          replace_original: replace ?? false,
          ...(to === "channel" && { unfurl_links: false }),
          ...(thread !== undefined && !replace && { thread_ts: thread }),
        }),
        signal: AbortSignal.timeout(10_000),
      });
      await answer.arrayBuffer();
      if (!answer.ok) throw new Error(`the response_url answered ${answer.status}`);
    },
  };
}
