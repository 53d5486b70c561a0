import { createHmac } from "node:crypto";
import { type WebSocket, WebSocketServer } from "ws";
import type { ApiServer } from "./api.ts";
import type { Json, World } from "./world.ts";

/** How the app hears of things. */
export type Kind = "events_api" | "slash_commands" | "interactive";

/** A delivered envelope or request. */
export interface Delivered {
  /** Resolves with the body of the acknowledgement; undefined when none came in time. */
  acked: Promise<Json | undefined>;
}

export interface Delivery {
  /** Sends over Socket Mode, or to `requestUrl` when it is set. */
  send(kind: Kind, payload: Json): Delivered;
  /** The app's address; Socket Mode is used while it is unset. */
  requestUrl: string | undefined;
  sockets: Set<WebSocket>;
  connections: number;
  /** Acknowledgement times, in ms. */
  ackTimes: number[];
  /** Acknowledgements that came after their deadline. */
  late: number;
  /** Asks every socket to come back, as Slack does when it recycles a server. */
  refresh(reason?: "warning" | "refresh_requested" | "too_many_websockets"): void;
  /** Cuts every socket without a close frame. */
  cut(): void;
  /** Resolves when at least one socket is open. */
  connected(): Promise<void>;
  /** Unacknowledged envelopes are a problem unless a test says otherwise. */
  expectSilence: boolean;
  /** Sends an HTTP request with a signature of the test's choosing; resolves with the status. */
  sendRaw(body: string, headers: Record<string, string>): Promise<number>;
  sign(body: string, at?: number): Record<string, string>;
  close(): void;
}

interface Waiting {
  acked(body: Json): void;
}

/** Socket Mode and HTTP delivery, with acknowledgements due in `ackMs`; events are delivered again when none comes, `retryMs` after that. */
export function createDelivery(
  world: World,
  api: ApiServer,
  options: { ackMs: number; retryMs: readonly number[]; signingSecret: string },
): Delivery {
  const waiting = new Map<string, Waiting>();
  const expired = new Set<string>();
  const tickets = new Set<string>();
  const queue: string[] = [];
  const sockets = new WebSocketServer({ noServer: true });
  let turn = 0;

  api.onConnect = () => {
    const ticket = world.id("ticket");
    tickets.add(ticket);
    return `ws://127.0.0.1:${api.port}/link/?ticket=${ticket}`;
  };
  api.server.on("upgrade", (request, socket, head) => {
    const ticket = new URL(request.url ?? "/", "http://fake").searchParams.get("ticket") ?? "";
    if (!tickets.delete(ticket)) return void socket.end("HTTP/1.1 403 Forbidden\r\n\r\n");
    sockets.handleUpgrade(request, socket, head, (opened) => welcome(opened));
  });

  function welcome(socket: WebSocket): void {
    delivery.sockets.add(socket);
    delivery.connections++;
    socket.on("message", (data) => take(String(data)));
    socket.on("close", () => {
      delivery.sockets.delete(socket);
      world.changed();
    });
    socket.on("error", () => {});
    socket.send(
      JSON.stringify({ type: "hello", num_connections: delivery.sockets.size, connection_info: { app_id: "A0TUTOR" } }),
    );
    for (const envelope of queue.splice(0)) socket.send(envelope);
    world.changed();
  }

  function take(data: string): void {
    const frame = JSON.parse(data) as Json;
    const found = waiting.get(String(frame.envelope_id));
    if (expired.delete(String(frame.envelope_id))) {
      delivery.late++;
      return;
    }
    if (!found) {
      world.problem(`an acknowledgement for an unknown envelope: ${data.slice(0, 100)}`);
      return;
    }
    waiting.delete(String(frame.envelope_id));
    found.acked((frame.payload ?? {}) as Json);
    world.changed();
  }

  function sendOnSocket(kind: Kind, payload: Json, attempt: number): Delivered {
    const envelope = world.id("E");
    const { promise, resolve } = Promise.withResolvers<Json | undefined>();
    const started = performance.now();
    const late = setTimeout(() => {
      waiting.delete(envelope);
      expired.add(envelope);
      // What nobody has fetched is not sent any more.
      const unsent = queue.indexOf(frame);
      if (unsent >= 0) queue.splice(unsent, 1);
      const pause = kind === "events_api" ? options.retryMs[attempt] : undefined;
      if (pause === undefined) resolve(undefined);
      else setTimeout(() => void sendOnSocket(kind, payload, attempt + 1).acked.then(resolve), pause).unref();
      if (!delivery.expectSilence) world.problem(`an envelope was not acknowledged: ${kind} ${describe(payload)}`);
    }, options.ackMs);
    waiting.set(envelope, {
      acked(body) {
        clearTimeout(late);
        delivery.ackTimes.push(performance.now() - started);
        resolve(body);
      },
    });
    const frame = JSON.stringify({
      envelope_id: envelope,
      type: kind,
      payload,
      accepts_response_payload: kind !== "events_api",
      ...(kind === "events_api" && { retry_attempt: attempt, retry_reason: attempt ? "timeout" : "" }),
    });
    const open = [...delivery.sockets].filter((socket) => socket.readyState === socket.OPEN);
    const socket = open[turn++ % Math.max(1, open.length)];
    if (socket) socket.send(frame);
    else queue.push(frame);
    return { acked: promise };
  }

  function sign(body: string, at = Math.floor(Date.now() / 1000)): Record<string, string> {
    const signature = createHmac("sha256", options.signingSecret).update(`v0:${at}:${body}`).digest("hex");
    return { "x-slack-request-timestamp": String(at), "x-slack-signature": `v0=${signature}` };
  }

  async function sendOverHttp(url: string, kind: Kind, payload: Json, attempt: number): Promise<Json | undefined> {
    const form =
      kind === "events_api"
        ? undefined
        : kind === "slash_commands"
          ? new URLSearchParams(payload as Record<string, string>)
          : new URLSearchParams({ payload: JSON.stringify(payload) });
    const body = form?.toString() ?? JSON.stringify(payload);
    const started = performance.now();
    try {
      const response = await fetch(url, {
        method: "POST",
        body,
        headers: {
          "content-type": form ? "application/x-www-form-urlencoded" : "application/json",
          ...sign(body),
          ...(attempt > 0 && { "x-slack-retry-num": String(attempt), "x-slack-retry-reason": "http_timeout" }),
        },
        signal: AbortSignal.timeout(options.ackMs),
      });
      const said = await response.text();
      if (response.ok) {
        delivery.ackTimes.push(performance.now() - started);
        return said ? (JSON.parse(said) as Json) : {};
      }
      if (!delivery.expectSilence) world.problem(`HTTP ${response.status} for ${kind} ${describe(payload)}`);
    } catch (error) {
      if (!delivery.expectSilence) world.problem(`no HTTP answer for ${kind} ${describe(payload)}: ${String(error)}`);
    }
    return kind === "events_api" && attempt < 3 ? sendOverHttp(url, kind, payload, attempt + 1) : undefined;
  }

  const delivery: Delivery = {
    requestUrl: undefined,
    sockets: new Set(),
    connections: 0,
    ackTimes: [],
    late: 0,
    expectSilence: false,
    send(kind, payload) {
      if (delivery.requestUrl) return { acked: sendOverHttp(delivery.requestUrl, kind, payload, 0) };
      return sendOnSocket(kind, payload, 0);
    },
    refresh(reason = "refresh_requested") {
      for (const socket of delivery.sockets)
        socket.send(JSON.stringify({ type: "disconnect", reason, debug_info: { host: "fake" } }));
    },
    cut() {
      for (const socket of delivery.sockets) socket.terminate();
    },
    async connected() {
      await world.until(() => delivery.sockets.size > 0, "a socket");
    },
    sign,
    async sendRaw(body, headers) {
      const response = await fetch(delivery.requestUrl ?? "", {
        method: "POST",
        body,
        headers: { "content-type": "application/json", ...headers },
      });
      await response.arrayBuffer();
      return response.status;
    },
    close() {
      for (const socket of delivery.sockets) socket.terminate();
      sockets.close();
    },
  };
  return delivery;
}

function describe(payload: Json): string {
  const event = payload.event as Json | undefined;
  return String(event?.type ?? payload.type ?? payload.command ?? "");
}
