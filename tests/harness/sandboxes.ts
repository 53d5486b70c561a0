import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Person, Place } from "../../src/core/context.ts";
import { type Log, silentLog } from "../../src/core/log.ts";
import type { Reply } from "../../src/core/reply.ts";
import { createDocker, type DockerEngine } from "../../src/engine/docker.ts";
import { openSandboxes } from "../../src/sandbox/sandboxes.ts";
import type { Sandboxes, SandboxSettings, SandboxView } from "../../src/sandbox/service.ts";
import { createLeases } from "../../src/store/leases.ts";
import { processLives } from "../../src/store/process-lives.ts";
import type { Store } from "../../src/store/store.ts";
import { createTimers, type Timers } from "../../src/store/timers.ts";
import { testBase } from "./engine.ts";
import { openStore } from "./open-store.ts";

export const place: Place = { platform: "test", workspace: "school", channel: "general" };

export function person(name: string): Person {
  return { id: `test:${name.toLowerCase()}`, name, moderator: false };
}

/** A running sandbox service on the real engine, with a store of its own and a clock that can be moved. */
export interface TestSandboxes {
  sandboxes: Sandboxes;
  engine: DockerEngine;
  store: Store;
  timers: Timers;
  /** What was announced, oldest first. */
  said: { key: string; reply: Reply }[];
  /** Moves the clock and fires what is due then. */
  pass(milliseconds: number): Promise<void>;
  start(name: string): Promise<SandboxView>;
  run(name: string, line: string): Promise<{ text: string; outcome: Awaited<ReturnType<Sandboxes["run"]>> }>;
  /** Ends the service as if the process had been killed: containers and store stay. Then {@link openTestSandboxes} may take over. */
  abandon(): Promise<void>;
  close(): Promise<void>;
}

export async function openTestSandboxes(
  options: {
    settings?: Partial<SandboxSettings>;
    dataDir?: string;
    databaseUrl?: string;
    log?: Log;
    engine?: DockerEngine;
  } = {},
): Promise<TestSandboxes & { dataDir: string }> {
  const dataDir = options.dataDir ?? mkdtempSync(join(tmpdir(), "bakehouse-sandbox-"));
  let ahead = 0;
  const now = () => Date.now() + ahead;
  const { databaseUrl } = options;
  const store = await openStore({ dataDir, now, ...(databaseUrl && { databaseUrl }) });
  const timers = createTimers(store);
  const leases = createLeases(store);
  await leases.start();
  const said: TestSandboxes["said"] = [];
  const engine = options.engine ?? createDocker();
  const sandboxes = await openSandboxes({
    engine,
    store,
    timers,
    now,
    log: options.log ?? silentLog,
    process: leases.owner,
    alive: (other) => processLives(store, other),
    announce: async (_, { key, reply }) => void said.push({ key, reply }),
    settings: { base: testBase, pool: 1, ...options.settings },
  });
  await timers.start();
  await sandboxes.settled;
  const end = async () => {
    await timers.stop();
    await leases.stop();
    await store.close();
  };
  return {
    ...{ sandboxes, engine, store, timers, said, dataDir },
    async pass(milliseconds) {
      ahead += milliseconds;
      await timers.fireDue();
    },
    async start(name) {
      for await (const news of sandboxes.start(person(name), place)) if (news.state === "ready") return news.view;
      throw new Error("no sandbox");
    },
    async run(name, line) {
      const outcome = await sandboxes.run(person(name), place, line);
      return { text: outcome.result.pieces.map((piece) => piece.text).join(""), outcome };
    },
    async abandon() {
      await sandboxes.close({ keep: true });
      await end();
    },
    async close() {
      await sandboxes.close();
      await end();
      rmSync(dataDir, { recursive: true, force: true });
    },
  };
}
