import { createServer, type IncomingMessage, type Server, type ServerResponse } from "node:http";
import { Refusal, refusals } from "./refusal.ts";

/** A request as a route gets it. */
export interface Asked {
  method: string;
  /** Without the version, for example `/channels/1/messages`. */
  path: string;
  query: URLSearchParams;
  body: Record<string, unknown>;
  files: { index: number; name: string; data: Buffer }[];
  /** When it had arrived, on the clock of `performance.now`. */
  at: number;
}

/** What a route answers; undefined is 204. May throw a {@link Refusal}. */
export type Handle = (asked: Asked, ids: string[]) => unknown;

export interface Route {
  method: string;
  /** `:id` matches one part of the path. */
  path: string;
  /** Whether it works without the bot's token. */
  open?: boolean;
  handle: Handle;
}

/** Something that goes wrong with requests that match. */
export interface Fault {
  path: RegExp;
  method?: string;
  /** Default 1. */
  times?: number;
  /** An HTTP status, or `cut` to break the socket. */
  with: number | "cut";
  /** Seconds, for status 429. */
  retryAfter?: number;
  global?: boolean;
  /** The request has its effect, only its answer is lost. */
  after?: boolean;
}

/** One request that was made, and how it went. */
export interface Logged extends Asked {
  status: number;
}

interface RestOptions {
  token: string;
  routes: Route[];
  problem(said: string): void;
  changed(): void;
}

/** Discord's REST interface, version 10: tokens, multipart bodies, faults on demand. */
export function createRest({ token, routes, problem, changed }: RestOptions) {
  const faults: (Fault & { left: number })[] = [];
  const log: Logged[] = [];
  const matchers = routes.map((route) => ({
    ...route,
    pattern: new RegExp(`^${route.path.replace(/:\w+/g, "([^/]+)")}$`),
  }));
  const server: Server = createServer((request, response) => {
    void answer(request, response).catch((error: unknown) => {
      problem(`the fake itself failed: ${error instanceof Error ? error.stack : String(error)}`);
      response.writeHead(500).end();
    });
  });

  async function answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const asked = await read(request);
    const fault = faults.find(
      (one) => one.left > 0 && one.path.test(asked.path) && (one.method ?? asked.method) === asked.method,
    );
    if (fault) fault.left--;
    if (!fault || fault.after) {
      const result = run(asked, request.headers.authorization);
      log.push({ ...asked, status: result.status });
      changed();
      if (!fault) return send(response, result.status, result.body);
    }
    if (fault.with === "cut") return void request.socket.destroy();
    const retry = fault.retryAfter ?? 0.2;
    const limited = { message: "You are being rate limited.", retry_after: retry, global: fault.global ?? false };
    if (fault.with === 429) {
      response.setHeader("retry-after", String(retry));
      if (fault.global) response.setHeader("x-ratelimit-global", "true");
    }
    send(response, fault.with, fault.with === 429 ? limited : { message: "fault on demand", code: 0 });
  }

  function run(asked: Asked, authorization: string | undefined): { status: number; body?: unknown } {
    try {
      for (const { method, pattern, open, handle } of matchers) {
        const match = method === asked.method ? pattern.exec(asked.path) : null;
        if (!match) continue;
        if (!open && authorization !== `Bot ${token}`) throw refusals.unauthorised();
        const body = handle(asked, match.slice(1));
        return body === undefined ? { status: 204 } : { status: 200, body };
      }
      problem(`${asked.method} ${asked.path} is not a request this Discord knows`);
      throw refusals.notFound();
    } catch (error) {
      if (!(error instanceof Refusal)) throw error;
      return {
        status: error.status,
        body: { message: error.message, code: error.code, ...(error.errors !== undefined && { errors: error.errors }) },
      };
    }
  }

  return {
    server,
    log,
    fail: (fault: Fault) => void faults.push({ ...fault, left: fault.times ?? 1 }),
    faultsLeft: () => faults.reduce((sum, { left }) => sum + left, 0),
  };
}

function send(response: ServerResponse, status: number, body: unknown): void {
  if (body === undefined) return void response.writeHead(status).end();
  response.writeHead(status, { "content-type": "application/json" }).end(JSON.stringify(body));
}

async function read(request: IncomingMessage): Promise<Asked> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk as Buffer);
  const raw = Buffer.concat(chunks);
  const url = new URL(request.url ?? "/", "http://x");
  const base = {
    method: request.method ?? "GET",
    path: url.pathname.replace(/^\/api\/v10/, ""),
    query: url.searchParams,
    files: [],
    at: performance.now(),
  };
  const type = request.headers["content-type"] ?? "";
  if (!type.startsWith("multipart/")) return { ...base, body: raw.length ? JSON.parse(String(raw)) : {} };
  const form = await new Response(raw, { headers: { "content-type": type } }).formData();
  const files: Asked["files"] = [];
  for (const [key, value] of form.entries()) {
    const index = /^files\[(\d+)\]$/.exec(key)?.[1];
    if (index !== undefined && typeof value !== "string") {
      files.push({ index: Number(index), name: value.name, data: Buffer.from(await value.arrayBuffer()) });
    }
  }
  return { ...base, body: JSON.parse(String(form.get("payload_json") ?? "{}")), files };
}
