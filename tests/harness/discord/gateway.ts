import { randomBytes } from "node:crypto";
import type { Server } from "node:http";
import { type WebSocket, WebSocketServer } from "ws";
import { guildJson, userJson } from "./wire.ts";
import type { World } from "./world.ts";

interface GatewaySession {
  id: string;
  seq: number;
  intents: number;
  shard: [number, number];
  sent: { s: number; frame: string }[];
  socket: WebSocket | null;
}

export interface GatewayOptions {
  token: string;
  /** Milliseconds between heartbeats. */
  heartbeat: number;
  url(): string;
  problem(said: string): void;
}

const privileged = (1 << 1) | (1 << 8) | (1 << 15);
const frameLimit = { bytes: 4096, count: 120, within: 60_000 };

/** Discord's gateway: sessions that outlive their sockets, RESUME with a replay, and everything that can go wrong. */
export function createGateway(http: Server, world: World, options: GatewayOptions) {
  const { token, problem } = options;
  const sessions = new Map<string, GatewaySession>();
  const sockets = new Set<WebSocket>();
  const server = new WebSocketServer({ noServer: true });
  let refusing = 0;
  let mute = false;
  const counts = { identified: 0, resumed: 0, heartbeats: 0 };

  http.on("upgrade", (request, socket, head) => {
    if (refusing > 0) {
      refusing--;
      socket.destroy();
      return;
    }
    const { searchParams } = new URL(request.url ?? "/", "ws://x");
    if (searchParams.get("v") !== "10" || searchParams.get("encoding") !== "json")
      problem(`gateway opened as ${request.url}`);
    server.handleUpgrade(request, socket, head, (opened) => greet(opened));
  });

  function greet(socket: WebSocket) {
    let session: GatewaySession | undefined;
    let frames: number[] = [];
    sockets.add(socket);
    socket.on("close", () => {
      sockets.delete(socket);
      if (session?.socket === socket) session.socket = null;
      world.changed();
    });
    socket.on("error", () => {});
    socket.on("message", (raw) => {
      const bytes = String(raw);
      const now = Date.now();
      frames = [...frames.filter((at) => now - at < frameLimit.within), now];
      if (bytes.length > frameLimit.bytes) problem(`a gateway frame of ${bytes.length} bytes`);
      if (frames.length > frameLimit.count) problem("more than 120 gateway frames in a minute");
      session = receive(socket, JSON.parse(bytes), session);
    });
    write(socket, { op: 10, d: { heartbeat_interval: options.heartbeat } });
  }

  function receive(socket: WebSocket, { op, d }: { op: number; d: never }, session: GatewaySession | undefined) {
    switch (op) {
      case 1:
        counts.heartbeats++;
        if (!mute) write(socket, { op: 11 });
        return session;
      case 2:
        return identify(socket, d);
      case 6:
        return resume(socket, d);
      default:
        problem(`gateway opcode ${op}`);
        return session;
    }
  }

  function identify(socket: WebSocket, asked: { token: string; intents: number; shard?: [number, number] }) {
    if (asked.token !== token) return void socket.close(4004, "Authentication failed.");
    if (asked.intents & privileged) {
      problem("privileged intents were asked for");
      return void socket.close(4014, "Disallowed intent(s).");
    }
    counts.identified++;
    const session: GatewaySession = {
      id: randomBytes(16).toString("hex"),
      seq: 0,
      intents: asked.intents,
      shard: asked.shard ?? [0, 1],
      sent: [],
      socket,
    };
    sessions.set(session.id, session);
    const guilds = [...world.guilds.values()].filter(
      ({ id, hosted }) => hosted && shardOf(id, session) === session.shard[0],
    );
    deliver(session, "READY", {
      v: 10,
      user: { ...userJson(world.bot), verified: true, mfa_enabled: false, email: null },
      guilds: guilds.map(({ id }) => ({ id, unavailable: true })),
      session_id: session.id,
      resume_gateway_url: options.url(),
      session_type: "normal",
      shard: session.shard,
      application: { id: world.applicationId, flags: 0 },
    });
    for (const guild of guilds) deliver(session, "GUILD_CREATE", guildJson(guild, world));
    return session;
  }

  function resume(socket: WebSocket, asked: { token: string; session_id: string; seq: number }) {
    const session = sessions.get(asked.session_id);
    if (asked.token !== token) return void socket.close(4004, "Authentication failed.");
    if (!session) return void write(socket, { op: 9, d: false });
    counts.resumed++;
    session.socket = socket;
    for (const { s, frame } of session.sent) if (s > asked.seq) socket.send(frame);
    deliver(session, "RESUMED", {});
    return session;
  }

  const shardOf = (guild: string, { shard }: GatewaySession) => Number((BigInt(guild) >> 22n) % BigInt(shard[1]));

  function deliver(session: GatewaySession, t: string, d: unknown) {
    const frame = JSON.stringify({ op: 0, t, s: ++session.seq, d });
    session.sent.push({ s: session.seq, frame });
    if (session.socket?.readyState === 1) session.socket.send(frame);
    world.changed();
  }

  return {
    counts,
    /** Sends an event to the sessions that have asked for such events; `copies` more than one for a doubled delivery. */
    dispatch(
      event: string,
      data: unknown,
      { intent = 0, guild, copies = 1 }: { intent?: number; guild?: string | undefined; copies?: number } = {},
    ) {
      for (const session of sessions.values()) {
        const mine = guild ? shardOf(guild, session) === session.shard[0] : session.shard[0] === 0;
        if (mine && (intent === 0 || session.intents & intent))
          for (let at = 0; at < copies; at++) deliver(session, event, data);
      }
    },
    /** Whether a socket with a session is open. */
    connected: () => [...sessions.values()].some(({ socket }) => socket?.readyState === 1),
    /** Breaks every connection without a word. */
    cut: () => sockets.forEach((socket) => void socket.terminate()),
    /** Asks clients to reconnect and resume. */
    reconnect: () => sockets.forEach((socket) => void write(socket, { op: 7, d: null })),
    /** Tells clients that their session is over. */
    invalidate() {
      sessions.clear();
      sockets.forEach((socket) => void write(socket, { op: 9, d: false }));
    },
    /** Forgets every session and breaks every connection: what is said from now on reaches nobody until a new IDENTIFY. */
    forget() {
      sessions.clear();
      sockets.forEach((socket) => void socket.terminate());
    },
    /** Refuses the next connections. */
    refuse(times: number) {
      refusing = times;
    },
    /** Stops answering heartbeats, or starts again. */
    mute(on: boolean) {
      mute = on;
    },
    closeWith: (code: number) => sockets.forEach((socket) => void socket.close(code)),
    open: () => sockets.size,
    stop: () => sockets.forEach((socket) => void socket.terminate()),
  };
}

export type Gateway = ReturnType<typeof createGateway>;

function write(socket: WebSocket, frame: object): void {
  socket.send(JSON.stringify({ t: null, s: null, ...frame }));
}
