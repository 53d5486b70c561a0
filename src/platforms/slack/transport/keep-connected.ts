import type { SocketModeClient } from "@slack/socket-mode";
import type { Log } from "../../../core/log.ts";
import { refusalOf } from "./failures.ts";

/** Pauses between attempts, in ms: the first comes at once, since Slack asks for it whenever it recycles a server. */
const pauses = [0, 250, 1000, 3000, 10_000, 30_000];

/** A Socket Mode connection that comes back by itself. */
export interface Connection {
  /** Resolves when the socket is open; throws what Slack says on the first attempt. */
  open(): Promise<void>;
  /** Resolves when the socket is closed; there are no more attempts. */
  close(): Promise<void>;
  connected(): boolean;
  /** What kept the last attempt from succeeding, in words; undefined while it is connected. */
  why(): string | undefined;
}

/**
 * Keeps a Socket Mode client connected. The client's own reconnecting waits five seconds without a socket, and ends the process when
 * Slack cannot be reached; so it is turned off, and this takes its place.
 */
export function keepConnected(client: SocketModeClient, log: Log): Connection {
  let closing = false;
  let attempt = 0;
  let timer: NodeJS.Timeout | undefined;
  let connected = false;
  let why: string | undefined;

  const retry = () => {
    if (closing || timer) return;
    const pause = pauses[Math.min(attempt++, pauses.length - 1)] ?? 0;
    timer = setTimeout(() => {
      timer = undefined;
      client.start().then(
        () => {},
        (error: unknown) => {
          const refusal = refusalOf(error);
          why = refusal && `Slack opens no Socket Mode connection with SLACK_APP_TOKEN (${refusal}).`;
          log.warn("slack connection failed", { refusal: refusal ?? String(error), again: true });
          retry();
        },
      );
    }, pause);
  };
  client.on("connected", () => {
    attempt = 0;
    connected = true;
    why = undefined;
  });
  client.on("disconnected", () => {
    if (connected && !closing) log.info("slack connection lost");
    connected = false;
    retry();
  });

  return {
    async open() {
      await client.start();
    },
    async close() {
      closing = true;
      clearTimeout(timer);
      timer = undefined;
      if (connected) await client.disconnect();
    },
    // A socket that is being closed is gone already, though the library tells it only after the handshake.
    connected: () => connected && (client.websocket?.isActive() ?? false),
    why: () => why,
  };
}
