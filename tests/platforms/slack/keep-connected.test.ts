import { EventEmitter } from "node:events";
import type { SocketModeClient } from "@slack/socket-mode";
import { afterEach, beforeEach, expect, it, vi } from "vitest";
import { silentLog } from "../../../src/core/log.ts";
import { keepConnected } from "../../../src/platforms/slack/transport/keep-connected.ts";

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

/** A client whose attempts are counted; each fails while `down`. */
function createClient() {
  const client = Object.assign(new EventEmitter(), {
    attempts: 0,
    down: false,
    async start() {
      client.attempts++;
      if (client.down) throw new Error("ECONNREFUSED");
      client.emit("connected");
    },
    async disconnect() {},
  });
  return client;
}

const open = async () => {
  const client = createClient();
  const connection = keepConnected(client as unknown as SocketModeClient, silentLog);
  await connection.open();
  return { client, connection };
};

it("comes back at once, then after longer and longer pauses", async () => {
  const { client } = await open();
  client.down = true;
  client.emit("disconnected");
  await vi.advanceTimersByTimeAsync(0);
  let attempts = 2;
  expect(client.attempts).toBe(attempts);
  for (const pause of [250, 1000, 3000, 10_000, 30_000, 30_000]) {
    await vi.advanceTimersByTimeAsync(pause - 1);
    expect(client.attempts, `before ${pause} ms`).toBe(attempts);
    await vi.advanceTimersByTimeAsync(1);
    expect(client.attempts, `after ${pause} ms`).toBe(++attempts);
  }
});

it("begins with short pauses again after a good connection", async () => {
  const { client } = await open();
  client.down = true;
  client.emit("disconnected");
  await vi.advanceTimersByTimeAsync(250 + 1000 + 3000);
  client.down = false;
  await vi.advanceTimersByTimeAsync(10_000);
  const before = client.attempts;
  client.down = true;
  client.emit("disconnected");
  await vi.advanceTimersByTimeAsync(0);
  expect(client.attempts).toBe(before + 1);
  await vi.advanceTimersByTimeAsync(250);
  expect(client.attempts).toBe(before + 2);
});

it("makes no attempt after it was closed", async () => {
  const { client, connection } = await open();
  client.down = true;
  client.emit("disconnected");
  await connection.close();
  await vi.advanceTimersByTimeAsync(60_000);
  expect(client.attempts).toBe(1);
});
