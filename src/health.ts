import type { Server, ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import type { Metric } from "./core/checks/metric.ts";
import { createServer } from "./core/node-http.ts";
import type { PlatformHealth } from "./core/platform.ts";
import { within } from "./core/within.ts";
import { writeMetrics } from "./metrics.ts";

/** Whether one part can do its work now; throwing means no. */
export type HealthCheck = () => boolean | Promise<boolean>;

/** How the connection of one platform is; throwing means that it is away. */
export type PlatformCheck = () => PlatformHealth | Promise<PlatformHealth>;

export interface HealthOptions {
  /** 0 takes any free port. */
  port: number;
  /** The address to listen at; default: this machine only. */
  host?: string;
  /** By the name a watchdog is shown. Without a part that is `false` the bot is ready. */
  checks: Readonly<Record<string, HealthCheck>>;
  /** How the platforms are: one that is connected is enough while the others come back by themselves. */
  platforms?: Readonly<Record<string, PlatformCheck>>;
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
 * Answers `/healthz` with 200 as long as the process is alive and not every platform is lost; `/readyz` with 200 when
 * every part is ready, a platform is connected and none is lost, else with 503, and the parts as JSON; `/metrics` for Prometheus. Rejects
 * with an Error for the host when the port is taken.
 */
export async function startHealth({
  port,
  host = "127.0.0.1",
  checks,
  platforms = {},
  metrics = [],
}: HealthOptions): Promise<Health> {
  const server = createServer((request, response) => {
    if (request.method !== "GET" && request.method !== "HEAD") return send(response, 405, { problem: "only GET" });
    switch (request.url) {
      case "/healthz":
        return void readPlatforms(platforms).then((found) => {
          const states = Object.values(found);
          const alive = states.length === 0 || states.some(({ state }) => state !== "lost");
          send(response, alive ? 200 : 503, { alive, ...problemsOf(found) });
        });
      case "/readyz":
        return void readAll(checks, platforms).then((all) => send(response, all.ready ? 200 : 503, all));
      case "/metrics":
        return void writeMetrics(metrics).then((text) => sendText(response, text));
    }
    return send(response, 404, { problem: "there are /healthz, /readyz and /metrics" });
  });
  await listen(server, port, host);
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

async function readAll(checks: HealthOptions["checks"], platforms: Platforms) {
  const [parts, found] = await Promise.all([readParts(checks), readPlatforms(platforms)]);
  const states = Object.values(found).map(({ state }) => state);
  const reached = states.length === 0 || (states.includes("connected") && !states.includes("lost"));
  const connected = Object.entries(found).map(([name, { state }]) => [name, state === "connected"]);
  return {
    ready: Object.values(parts).every(Boolean) && reached,
    parts: { ...parts, ...(Object.fromEntries(connected) as Record<string, boolean>) },
    ...problemsOf(found),
  };
}

type Platforms = Readonly<Record<string, PlatformCheck>>;

async function readPlatforms(platforms: Platforms): Promise<Record<string, PlatformHealth>> {
  const states = await Promise.all(
    Object.entries(platforms).map(async ([name, check]) => [name, await readHealth(check)] as const),
  );
  return Object.fromEntries(states);
}

/** How a platform is; one that does not say so in time is taken for away. */
export async function readHealth(check: PlatformCheck): Promise<PlatformHealth> {
  try {
    return await within(Promise.resolve(check()), patience, { state: "reconnecting" });
  } catch {
    return { state: "reconnecting" };
  }
}

/** What the host has to know of the platforms that are away. */
function problemsOf(found: Record<string, PlatformHealth>): { problems?: Record<string, string> } {
  const told = Object.entries(found).flatMap(([name, health]) =>
    "why" in health && health.why ? [[name, health.why]] : [],
  );
  return told.length > 0 ? { problems: Object.fromEntries(told) as Record<string, string> } : {};
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

function listen(server: Server, port: number, host: string): Promise<void> {
  return new Promise((resolve, reject) => {
    server.once("error", (error: NodeJS.ErrnoException) => {
      reject(
        new Error(
          error.code === "EADDRINUSE"
            ? `Port ${port} (HEALTH_PORT) is taken by another program. Choose another one, or leave HEALTH_PORT out.`
            : `Port ${port} (HEALTH_PORT) at ${host} (HEALTH_HOST) cannot be listened on: ${error.message}. Choose others, or leave them out.`,
          { cause: error },
        ),
      );
    });
    server.listen(port, host, resolve);
  });
}
