import type { SocketModeClient } from "@slack/socket-mode";
import type { Log } from "../../../core/log.ts";
import { events } from "./scopes.ts";

/** The kinds of envelope that carry something for the app. https://docs.slack.dev/apis/events-api/using-socket-mode */
const carriers = new Set(["events_api", "interactive", "slash_commands"]);
/** A direct message is subscribed to as `message.im` and comes as `message`. */
const heard = new Set<string>(events.map((name) => name.split(".")[0] ?? name));

/**
 * Whether the client library can take a frame. It emits whatever type the frame names, and reads `payload.event.type` without looking: an
 * envelope without an event (`app_rate_limited`) throws, and an event called `error` would end the process.
 */
export function isWellFormed(frame: string): boolean {
  let read: unknown;
  try {
    read = JSON.parse(frame);
  } catch {
    return false;
  }
  if (!isObject(read) || typeof read.type !== "string") return false;
  if (read.type === "hello" || read.type === "disconnect") return true;
  if (!carriers.has(read.type) || !isObject(read.payload) || typeof read.envelope_id !== "string") return false;
  if (read.type !== "events_api") return true;
  return (
    isObject(read.payload.event) && typeof read.payload.event.type === "string" && heard.has(read.payload.event.type)
  );
}

/** Lets only frames through to the client that it can take; the others are noted in the log. Slack sends text only. Nothing a frame does ends the process. */
export function guardFrames(client: SocketModeClient, log: Log): void {
  const handlers = client.listeners("ws_message");
  client.removeAllListeners("ws_message");
  client.on("ws_message", (frame: unknown) => {
    if (typeof frame !== "string" || !isWellFormed(frame)) {
      log.warn("slack frame ignored", { length: typeof frame === "string" ? frame.length : "not text" });
      return;
    }
    for (const handle of handlers) {
      Promise.resolve()
        .then(() => handle.call(client, frame, false))
        .catch((error: unknown) => log.error("slack frame not handled", { error }));
    }
  });
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
