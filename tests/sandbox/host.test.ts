import { execFileSync } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { connect, createServer, type Server } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { createDocker, type DockerEngine } from "../../src/engine/docker.ts";
import type { EngineInfo } from "../../src/engine/engine.ts";
import { limits } from "../../src/engine/limits.ts";
import { checkInfo } from "../../src/sandbox/guard/gate.ts";
import { engine, theEngine } from "../harness/engine.ts";
import { canOwnEngine, ownEngine } from "../harness/own-engine.ts";
import { openTestSandboxes, person, place } from "../harness/sandboxes.ts";

describe("the checks of an engine", () => {
  const good: EngineInfo = {
    ...{ name: "x", version: "27", memoryLimit: true, pidsLimit: true, cpuQuota: true, cgroupDriver: "cgroupfs" },
    ...{
      cgroupVersion: "2",
      storageDriver: "overlay2",
      dataRoot: "/",
      securityOptions: ["name=seccomp,profile=default"],
    },
    ...{ runtimes: ["runc"], defaultRuntime: "runc", cpus: 2, memory: 1, containersRunning: 0, raw: {} },
  };
  const worse: [string, Partial<EngineInfo>, RegExp][] = [
    ["cannot limit memory", { memoryLimit: false }, /cannot limit memory/],
    ["cannot limit processes", { pidsLimit: false }, /cannot limit processes/],
    ["cannot limit processor time", { cpuQuota: false }, /processor/],
    ["has no control groups", { cgroupDriver: "none" }, /control groups/],
    ["has no seccomp", { securityOptions: [] }, /seccomp/],
  ];

  test("pass one that can hold a container", () => {
    expect(() => checkInfo(good)).not.toThrow();
  });
  test.each(worse)("refuse one that %s", (_, lack, said) => {
    expect(() => checkInfo({ ...good, ...lack })).toThrow(said);
  });
  test("refuse a runtime that it does not have", () => {
    expect(() => checkInfo(good, "runsc")).toThrow(/SANDBOX_RUNTIME/);
  });
});

describe.skipIf(!engine)("a start", () => {
  test("on an engine that applies no limits turns sandboxes off with one sentence, found by trying", async () => {
    const real = createDocker();
    const careless: DockerEngine = {
      ...real,
      containers: {
        ...real.containers,
        async create(spec) {
          const args = ["create", "--name", spec.name, "--label", `tutor.instance=${spec.instance}`, spec.image];
          return execFileSync("docker", [...args, ...(spec.command ?? [])], { encoding: "utf8" }).trim();
        },
      },
    };
    const scene = await openTestSandboxes({ engine: careless });
    const readiness = scene.sandboxes.readiness();
    expect(readiness.state).toBe("off");
    expect(readiness.state === "off" && readiness.why).toMatch(
      /^Sandboxes are off: in a test container .* Answers and quizzes work without them\.$/,
    );
    await expect(scene.sandboxes.run(person("Ada"), place, "true")).rejects.toThrow(/Sandboxes are off/);
    const { value } = await scene.store.read.selectFrom("sandbox_host").selectAll().executeTakeFirstOrThrow();
    await scene.close();
    expect(await theEngine().containers.list({ labels: [`tutor.instance=${value}`] })).toEqual([]);
  });

  test("without a base image says so to learners in one sentence without addresses, and to hosts why", async () => {
    const scene = await openTestSandboxes({ settings: { base: "nowhere.invalid/none:1" } });
    const readiness = scene.sandboxes.readiness();
    const why = readiness.state === "off" ? readiness.why : "";
    expect(why).toMatch(/^Sandboxes are off, because the image they come from could not be made\./);
    expect(why).not.toMatch(/CAKE_BASE|nowhere\.invalid|\d+\.\d+\.\d+\.\d+|lookup/);
    await scene.close();
  });

  test("while Docker is away waits for it, and is ready when it answers", async () => {
    const folder = mkdtempSync(join(tmpdir(), "bakehouse-away-"));
    const socket = join(folder, "docker.sock");
    const late = createDocker({ environment: { DOCKER_HOST: `unix://${socket}` } });
    const scene = await openTestSandboxes({ engine: late });
    expect(scene.sandboxes.readiness()).toMatchObject({ state: "away" });
    await expect(scene.sandboxes.run(person("Ada"), place, "true")).rejects.toThrow(/Docker is not answering/);
    const relay = await relayTo(theEngine().host.slice("unix://".length), socket);
    await expect.poll(() => scene.sandboxes.readiness().state, { timeout: 30_000 }).toBe("ready");
    expect((await scene.run("Ada", "echo up")).text).toBe("up\n");
    await scene.close();
    relay.close();
    rmSync(folder, { recursive: true, force: true });
  });
});

async function relayTo(from: string, to: string): Promise<Server> {
  const server = createServer({ allowHalfOpen: true }, (client) => {
    const upstream = connect({ path: from, allowHalfOpen: true });
    client.pipe(upstream).pipe(client);
    for (const one of [client, upstream])
      one.on("error", () => {
        client.destroy();
        upstream.destroy();
      });
  });
  await new Promise<void>((resolve) => server.listen(to, () => resolve()));
  return server;
}

describe.skipIf(!engine || !canOwnEngine)("an engine that keeps its layers in memory", () => {
  test("holds a writable layer by the memory limit, and a full one is replaced", { timeout: 180_000 }, async () => {
    const own = await ownEngine({ tmpfs: "size=1g,nr_inodes=200k" });
    const scene = await openTestSandboxes({ engine: own.connect() });
    expect(scene.sandboxes.quota()).toBe("memory");
    await scene.start("Nina");
    expect((await scene.sandboxes.limits((await scene.start("Ada")).learner)).memory).toBe(limits.memoryOnTmpfs);
    for (let round = 0; round < 3; round++)
      await scene.run(
        "Ada",
        `i=0; while [ $i -lt 30 ]; do dd if=/dev/zero of=/cake/$i bs=1M count=8; i=$((i+1)); done`,
      );
    expect((await scene.run("Ada", "ls /cake; echo alive")).text).toBe("recipe\ntopping\nalive\n");
    expect((await scene.run("Nina", "bake")).text).toContain("plain");
    await scene.close();
    await own.stop();
  });
});

describe.skipIf(!engine || !canOwnEngine)("an engine that is restarted under load", () => {
  test("is waited for, and every learner has a sandbox with their files, started again or copied into a new one", {
    timeout: 180_000,
  }, async () => {
    const own = await ownEngine();
    const scene = await openTestSandboxes({ engine: own.connect() });
    const names = ["Ada", "Lin", "Sam"];
    for (const name of names) await scene.run(name, `echo ${name} > /cake/who`);
    let loaded = true;
    const errors: string[] = [];
    const load = names.map(async (name) => {
      while (loaded)
        await scene.run(name, "cat /cake/who; sleep 0.2").then(
          () => {},
          (error: Error) => {
            if (error.name !== "UserError") errors.push(`${error.name}: ${error.stack}`);
            return new Promise((resolve) => setTimeout(resolve, 100));
          },
        );
    });
    await own.halt();
    await expect.poll(() => scene.sandboxes.readiness().state, { timeout: 30_000 }).toBe("away");
    await expect(scene.run("Eva", "true")).rejects.toThrow(/Docker is not answering/);
    await own.resume();
    await expect.poll(() => scene.sandboxes.readiness().state, { timeout: 60_000 }).toBe("ready");
    loaded = false;
    await Promise.all(load);
    expect(errors).toEqual([]);
    for (const name of names) {
      // Docker itself sometimes cannot start a container again whose command it was ending when it was stopped.
      expect((await scene.run(name, "cat /cake/who 2>/dev/null || echo new")).text).toBe(`${name}\n`);
    }
    const count = async () => (await scene.engine.containers.list({ labels: ["tutor.instance"] })).length;
    await expect.poll(count, { timeout: 20_000 }).toBe(names.length + 1);
    await scene.close();
    await own.stop();
  });
});
