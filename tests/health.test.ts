import { afterEach, describe, expect, it } from "vitest";
import { type Health, type HealthCheck, startHealth } from "../src/health.ts";

const opened: Health[] = [];
afterEach(async () => {
  await Promise.all(opened.splice(0).map((one) => one.stop()));
});

async function open(checks: Record<string, HealthCheck>) {
  const health = await startHealth({ port: 0, checks });
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

  it("knows nothing else", async () => {
    const { get } = await open({});
    expect((await get("/metrics")).status).toBe(404);
    expect((await get("/healthz", "POST")).status).toBe(405);
  });

  it("says what to do when its port is taken", async () => {
    const { health } = await open({});
    await expect(startHealth({ port: health.port, checks: {} })).rejects.toThrow(/HEALTH_PORT.*Choose another one/);
  });
});
