import { afterEach, describe, expect, it } from "vitest";
import { type Health, startHealth } from "../../../src/health.ts";
import { connectSlack, type Mode } from "./setup.ts";
import { testApp } from "./test-app.ts";

const opened: Health[] = [];
afterEach(async () => {
  await Promise.all(opened.splice(0).map((one) => one.stop()));
});

/** What a watchdog is told: the status and the JSON. */
async function watched(mode: Mode) {
  const connected = await connectSlack(testApp(), mode);
  const { slack } = connected;
  const { port, ...health } = await startHealth({
    port: 0,
    checks: {},
    platforms: { slack: () => slack.health?.() ?? { state: "connected" } },
  });
  opened.push({ port, ...health });
  const get = async (path: string) => {
    const response = await fetch(`http://127.0.0.1:${port}${path}`);
    return { status: response.status, body: (await response.json()) as { problems?: Record<string, string> } };
  };
  return { ...connected, get };
}

const soon = { timeout: 30_000, interval: 200 };

describe("what a watchdog is told of Slack", () => {
  for (const mode of ["socket", "http"] as const) {
    it(`is not ready with a revoked token, says why, and is ready again with a token that works (${mode})`, async () => {
      const { fake, get } = await watched(mode);
      expect(await get("/readyz")).toMatchObject({ status: 200, body: { parts: { slack: true } } });
      fake.team.revoked = true;
      await expect.poll(async () => (await get("/readyz")).status, soon).toBe(503);
      const { body } = await get("/readyz");
      expect(body.problems?.slack).toMatch(/token_revoked.*Install the app again/);
      expect((await get("/healthz")).status).toBe(503);
      fake.team.revoked = false;
      await expect.poll(async () => (await get("/readyz")).status, soon).toBe(200);
      expect((await get("/healthz")).status).toBe(200);
    });
  }

  it("is not ready without a Socket Mode connection, and comes back by itself", async () => {
    const { fake, get } = await watched("socket");
    fake.fail("apps.connections.open", ...Array.from({ length: 3 }, () => ({ error: "invalid_auth" })));
    fake.delivery.cut();
    await expect.poll(async () => (await get("/readyz")).status, soon).toBe(503);
    expect((await get("/healthz")).status).toBe(200);
    await expect.poll(async () => (await get("/readyz")).status, soon).toBe(200);
  });
});
