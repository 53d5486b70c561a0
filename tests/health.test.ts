import { afterEach, describe, expect, it } from "vitest";
import { type Health, type HealthCheck, type HealthOptions, startHealth } from "../src/health.ts";

const opened: Health[] = [];
afterEach(async () => {
  await Promise.all(opened.splice(0).map((one) => one.stop()));
});

async function open(checks: Record<string, HealthCheck>, more: Partial<HealthOptions> = {}) {
  const health = await startHealth({ port: 0, checks, ...more });
  opened.push(health);
  const get = async (path: string, method = "GET") => {
    const response = await fetch(`http://127.0.0.1:${health.port}${path}`, { method });
    return { status: response.status, body: (await response.json()) as unknown };
  };
  return { health, get };
}

describe("the health server", () => {
  it("is alive whatever the parts say, and ready when all are", async () => {
    let store = true;
    const { get } = await open({ store: () => store, discord: async () => true });
    expect(await get("/readyz")).toEqual({ status: 200, body: { ready: true, parts: { store: true, discord: true } } });
    store = false;
    expect(await get("/readyz")).toEqual({
      status: 503,
      body: { ready: false, parts: { store: false, discord: true } },
    });
    expect(await get("/healthz")).toEqual({ status: 200, body: { alive: true } });
  });

  it("takes a part that throws or never answers for not ready", async () => {
    const { get } = await open({
      store() {
        throw new Error("gone");
      },
      slack: () => new Promise(() => {}),
    });
    expect(await get("/readyz")).toMatchObject({ status: 503, body: { parts: { store: false, slack: false } } });
  });

  it("is ready while one platform is connected, and names each", async () => {
    let discord = true;
    const { get } = await open(
      { store: () => true },
      {
        platforms: {
          discord: () => ({ state: discord ? "connected" : "reconnecting" }),
          slack: () => ({ state: "reconnecting" }),
        },
      },
    );
    const parts = { store: true, slack: false };
    expect(await get("/readyz")).toEqual({ status: 200, body: { ready: true, parts: { ...parts, discord: true } } });
    discord = false;
    expect(await get("/readyz")).toEqual({ status: 503, body: { ready: false, parts: { ...parts, discord: false } } });
  });

  it("is not ready while a platform needs the host, and not alive when all do; it says what they need", async () => {
    let discord = "connected" as "connected" | "lost";
    const why = "the token was revoked";
    const platforms = {
      discord: () => (discord === "lost" ? { state: discord, why } : { state: discord }),
      slack: () => ({ state: "lost" as const, why }),
    };
    const { get } = await open({}, { platforms });
    const body = { ready: false, parts: { discord: true, slack: false }, problems: { slack: why } };
    expect(await get("/readyz")).toEqual({ status: 503, body });
    expect(await get("/healthz")).toMatchObject({ status: 200, body: { alive: true } });
    discord = "lost";
    expect(await get("/healthz")).toEqual({
      status: 503,
      body: { alive: false, problems: { discord: why, slack: why } },
    });
  });

  it("writes metrics for Prometheus, without those that cannot be read", async () => {
    const { health } = await open(
      {},
      {
        metrics: [
          { name: "loaves_total", help: "Loaves baked.", type: "counter", read: () => 3 },
          {
            name: "oven_degrees",
            help: "How hot.",
            type: "gauge",
            read: async () => [{ labels: { oven: 'the "old"\none' }, value: 210.5 }],
          },
          { name: "gone", help: "Cannot be read.", type: "gauge", read: () => Promise.reject(new Error("gone")) },
        ],
      },
    );
    const response = await fetch(`http://127.0.0.1:${health.port}/metrics`);
    expect(response.headers.get("content-type")).toMatch(/^text\/plain; version=0\.0\.4/);
    expect(await response.text()).toBe(
      [
        "# HELP loaves_total Loaves baked.",
        "# TYPE loaves_total counter",
        "loaves_total 3",
        "# HELP oven_degrees How hot.",
        "# TYPE oven_degrees gauge",
        'oven_degrees{oven="the \\"old\\"\\none"} 210.5',
        "",
      ].join("\n"),
    );
  });

  it("knows nothing else", async () => {
    const { get } = await open({});
    expect((await get("/")).status).toBe(404);
    expect((await get("/healthz", "POST")).status).toBe(405);
  });

  it("says what to do when its port is taken", async () => {
    const { health } = await open({});
    await expect(startHealth({ port: health.port, checks: {} })).rejects.toThrow(/HEALTH_PORT.*Choose another one/);
  });
});
