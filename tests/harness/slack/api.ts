import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { ApiError, chatMethods, type Session } from "./methods-chat.ts";
import { moreMethods, viewOf } from "./methods-more.ts";
import { createRateLimits } from "./rate-limits.ts";
import { type ResponseUrl, takeResponse } from "./response-urls.ts";
import { createUploads } from "./uploads.ts";
import type { Json, SlackTeam, World } from "./world.ts";

/** What goes wrong on purpose, once per entry. */
export type Fault =
  | { error: string }
  | { status: number; retryAfter?: number }
  | { cut: true }
  | { holdUntil: Promise<void> };

export interface ApiServer {
  url: string;
  port: number;
  faults: Map<string, Fault[]>;
  /** Whether Slack's rate limits apply. */
  limits: { on: boolean };
  triggers: Map<string, { user: string; team: string; until: number; used: boolean }>;
  responses: Map<string, ResponseUrl>;
  /** Open socket addresses, handed out by apps.connections.open. */
  onConnect?(): string;
  server: ReturnType<typeof createServer>;
  grants: Map<string, SlackTeam>;
  close(): Promise<void>;
}

const needed: Record<string, string> = {
  "chat.": "chat:write",
  "files.": "files:write",
  "conversations.open": "im:write",
  "users.info": "users:read",
  "assistant.threads.setStatus": "chat:write",
  "assistant.threads.setSuggestedPrompts": "assistant:write",
};

/** The Web API, uploads, response_urls and OAuth of the fake workspace. */
export async function startApi(world: World, options: { appToken: string; responseUrlMs: number }): Promise<ApiServer> {
  const uploads = createUploads(world);
  const overLimit = createRateLimits(world);

  const api: ApiServer = {
    url: "",
    port: 0,
    faults: new Map(),
    limits: { on: false },
    triggers: new Map(),
    responses: new Map(),
    grants: new Map(),
    server: createServer((request, response) => void handle(request, response)),
    close: () =>
      new Promise<void>((resolve) => {
        api.server.close(() => resolve());
        api.server.closeAllConnections();
      }),
  };

  async function handle(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const { pathname } = new URL(request.url ?? "/", "http://fake");
    const body = await readBody(request);
    const arrived = performance.now();
    try {
      if (pathname.startsWith("/api/")) await callMethod(pathname.slice(5), request, body, response, arrived);
      else if (pathname.startsWith("/upload/"))
        response
          .writeHead(uploads.take(pathname.slice(8), request.headers["content-type"] ?? "", body) ? 200 : 404)
          .end();
      else if (pathname.startsWith("/response/")) {
        const fault = api.faults.get("response_url")?.shift();
        world.arrived = arrived;
        const { status, said } = takeResponse(world, api.responses.get(pathname.slice(10)), fault, body);
        response.writeHead(status).end(said);
      } else response.writeHead(404).end();
    } catch (error) {
      world.problem(`the fake failed: ${error instanceof Error ? error.stack : String(error)}`);
      response.writeHead(500).end();
    } finally {
      world.arrived = undefined;
    }
  }

  async function callMethod(
    method: string,
    request: IncomingMessage,
    body: Buffer,
    response: ServerResponse,
    arrived: number,
  ): Promise<void> {
    const args = readArguments(request, body);
    const token = String(args.token ?? request.headers.authorization?.replace(/^Bearer /, "") ?? "");
    delete args.token;
    const team = [...world.teams.values()].find(({ botToken }) => botToken === token);
    const fault = api.faults.get(method)?.shift();
    const record = (error: string | undefined) => {
      world.calls.push({ method, args, team: team?.id, error });
      world.changed();
    };
    if (fault && "holdUntil" in fault) await fault.holdUntil;
    else if (fault && "cut" in fault) {
      record("cut");
      request.socket.destroy();
      return;
    } else if (fault && "status" in fault) {
      record(String(fault.status));
      response
        .writeHead(fault.status, fault.retryAfter === undefined ? {} : { "retry-after": String(fault.retryAfter) })
        .end();
      return;
    }
    const wait = api.limits.on ? overLimit(method, args, team?.id) : 0;
    if (wait > 0) {
      record("ratelimited");
      response.writeHead(429, { "retry-after": String(Math.ceil(wait / 1000)) }).end();
      return;
    }
    try {
      if (fault && "error" in fault) throw new ApiError(fault.error);
      world.arrived = arrived;
      const result = run(method, args, token, team);
      record(undefined);
      if (team) response.setHeader("x-oauth-scopes", [...team.scopes].join(","));
      send(response, { ok: true, ...result });
    } catch (error) {
      if (!(error instanceof ApiError)) throw error;
      record(error.message);
      send(response, { ok: false, error: error.message, ...error.more });
    }
  }

  function run(method: string, args: Json, token: string, team: SlackTeam | undefined): Json {
    if (method === "apps.connections.open") {
      if (token !== options.appToken) throw new ApiError("invalid_auth");
      return { url: api.onConnect?.() ?? "" };
    }
    if (method === "oauth.v2.access") return grant(args);
    if (!team) throw new ApiError(token ? "invalid_auth" : "not_authed");
    if (team.revoked) throw new ApiError("token_revoked");
    if (!team.installed) throw new ApiError("account_inactive");
    if (method === "auth.test")
      return {
        url: `https://${team.name}.slack.test/`,
        team: team.name,
        user: "bakehouse",
        team_id: team.id,
        user_id: team.botUser,
        bot_id: team.botId,
        response_metadata: { scopes: [...team.scopes] },
      };
    const scope = Object.entries(needed).find(([prefix]) => method.startsWith(prefix))?.[1];
    if (scope && !team.scopes.has(scope))
      throw new ApiError("missing_scope", { needed: scope, provided: [...team.scopes].join(",") });
    const session: Session = { world, team, args };
    if (method === "views.open") return openModal(session);
    if (method === "files.getUploadURLExternal") {
      const id = uploads.begin(session);
      return { file_id: id, upload_url: `http://127.0.0.1:${api.port}/upload/${id}` };
    }
    if (method === "files.completeUploadExternal") return uploads.complete(session);
    const found = chatMethods[method] ?? moreMethods[method];
    if (!found) {
      world.problem(`${method}: not known to the fake`);
      throw new ApiError("unknown_method");
    }
    return found(session);
  }

  function openModal(session: Session): Json {
    const { team, args } = session;
    const trigger = api.triggers.get(String(args.trigger_id));
    if (!trigger) throw new ApiError("invalid_trigger_id");
    if (trigger.used) throw new ApiError("exchanged_trigger_id");
    trigger.used = true;
    if (world.now() > trigger.until) throw new ApiError("expired_trigger_id");
    const view = viewOf(session, "views.open");
    const shown = { ...view, id: world.id("V"), hash: String(world.now()), state: { values: {} } };
    team.modals.set(trigger.user, shown);
    world.changed();
    return { view: shown };
  }

  function grant(args: Json): Json {
    const team = api.grants.get(String(args.code));
    if (!team) throw new ApiError("invalid_code");
    api.grants.delete(String(args.code));
    return {
      app_id: "A0TUTOR",
      access_token: team.botToken,
      token_type: "bot",
      scope: [...team.scopes].join(","),
      bot_user_id: team.botUser,
      team: { id: team.id, name: team.name },
      enterprise: null,
      is_enterprise_install: false,
      authed_user: { id: [...team.users.keys()][0] ?? "U0" },
    };
  }

  await new Promise<void>((resolve) => api.server.listen(0, "127.0.0.1", resolve));
  api.port = (api.server.address() as AddressInfo).port;
  api.url = `http://127.0.0.1:${api.port}/api/`;
  return api;
}

async function readBody(request: IncomingMessage): Promise<Buffer> {
  const parts: Buffer[] = [];
  for await (const part of request) parts.push(part as Buffer);
  return Buffer.concat(parts);
}

/** Form fields; objects and arrays travel as JSON strings. */
function readArguments(request: IncomingMessage, body: Buffer): Json {
  if (request.headers["content-type"]?.startsWith("application/json")) return JSON.parse(body.toString("utf8")) as Json;
  return Object.fromEntries(
    [...new URLSearchParams(body.toString("utf8"))].map(([key, value]) => {
      if (/^[[{]/.test(value) && key !== "text" && key !== "initial_comment" && key !== "private_metadata") {
        try {
          return [key, JSON.parse(value) as unknown];
        } catch {
          return [key, value];
        }
      }
      return [key, value === "true" ? true : value === "false" ? false : value];
    }),
  );
}

function send(response: ServerResponse, body: Json): void {
  response.writeHead(200, { "content-type": "application/json" }).end(JSON.stringify(body));
}
