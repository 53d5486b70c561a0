import type { Server, ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { createServer } from "./core/node-http.ts";
import { within } from "./core/within.ts";
import { type Metric, writeMetrics } from "./metrics.ts";

/** Whether one part can do its work now; throwing means no. */
export type HealthCheck = () => boolean | Promise<boolean>;

export interface HealthOptions {
  /** 0 takes any free port. */
  port: number;
  /** By the name a watchdog is shown. Without a part that is `false` the bot is ready. */
  checks: Readonly<Record<string, HealthCheck>>;
  /** The same for the platforms, of which one that is connected is enough. */
  platforms?: Readonly<Record<string, HealthCheck>>;
  metrics?: readonly Metric[];
}

export interface Health {
  port: number;
  /** Resolves when nothing listens any more. */
  stop(): Promise<void>;
}

/** A part that does not answer counts as not ready after this long, in ms. */
const patience = 2000;

/**
 * Answers on this machine only: `/healthz` with 200 as long as the process is alive; `/readyz` with 200 when every part is ready and a
 * platform is connected, else with 503, and the parts as JSON; `/metrics` for Prometheus. Rejects with an Error for the host when the
 * port is taken.
 */
export async function startHealth({ port, checks, platforms = {}, metrics = [] }: HealthOptions): Promise<Health> {
  const server = createServer((request, response) => {
    if (request.method !== "GET" && request.method !== "HEAD") return send(response, 405, { problem: "only GET" });
    switch (request.url) {
      case "/healthz":
        return send(response, 200, { alive: true });
      case "/readyz":
        return void readAll(checks, platforms).then(({ ready, parts }) =>
          send(response, ready ? 200 : 503, { ready, parts }),
        );
      case "/metrics":
        return void writeMetrics(metrics).then((text) => sendText(response, text));
    }
    return send(response, 404, { problem: "there are /healthz, /readyz and /metrics" });
  });
  await listen(server, port);
  // The bot's own end must not wait for a watchdog.
  server.unref();
  return {
    port: (server.address() as AddressInfo).port,
    stop: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}

async function readAll(checks: HealthOptions["checks"], platforms: HealthOptions["checks"]) {
  const [parts, connected] = await Promise.all([readParts(checks), readParts(platforms)]);
  const reached = Object.values(connected);
  return {
    ready: Object.values(parts).every(Boolean) && (reached.length === 0 || reached.some(Boolean)),
    parts: { ...parts, ...connected },
  };
}

async function readParts(checks: HealthOptions["checks"]): Promise<Record<string, boolean>> {
  const states = await Promise.all(Object.entries(checks).map(async ([name, check]) => [name, await isReady(check)]));
  return Object.fromEntries(states) as Record<string, boolean>;
}

async function isReady(check: HealthCheck): Promise<boolean> {
  try {
    return await within(Promise.resolve(check()), patience, false);
  } catch {
    return false;
  }
}

function send(response: ServerResponse, status: number, body: object): void {
  response
    .writeHead(status, { "content-type": "application/json", "cache-control": "no-store" })
    .end(`${JSON.stringify(body)}\n`);
}

function sendText(response: ServerResponse, text: string): void {
  response
    .writeHead(200, { "content-type": "text/plain; version=0.0.4; charset=utf-8", "cache-control": "no-store" })
    .end(text);
}

function listen(server: Server, port: number): Promise<void> {
  return new Promise((resolve, reject) => {
    server.once("error", (error: NodeJS.ErrnoException) => {
      reject(
        new Error(
          error.code === "EADDRINUSE"
            ? `Port ${port} (HEALTH_PORT) is taken by another program. Choose another one, or leave HEALTH_PORT out.`
            : `Port ${port} (HEALTH_PORT) cannot be listened on: ${error.message}. Choose another one, or leave HEALTH_PORT out.`,
          { cause: error },
        ),
      );
    });
    server.listen(port, "127.0.0.1", resolve);
  });
}
