import { execFileSync, spawn } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { connect, createServer, type Server } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { afterAll, describe, expect, test } from "vitest";
import { createDocker, type DockerEngine } from "../../src/sandbox/docker.ts";
import type { EngineInfo } from "../../src/sandbox/engine.ts";
import { checkInfo } from "../../src/sandbox/gate.ts";
import { engine, theEngine } from "../harness/engine.ts";
import { openTestSandboxes, person, place } from "../harness/sandboxes.ts";

/** Needs a machine where an engine of the test's own can be started and stopped. */
const canOwnEngine = process.getuid?.() === 0 && works("dockerd", "--version") && works("unshare", "-n", "true");

function works(command: string, ...args: string[]): boolean {
  try {
    execFileSync(command, args, { stdio: "ignore" });
    return true;
  } catch {
    return false;
  }
}

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

  test("without a base image says which setting helps", async () => {
    const scene = await openTestSandboxes({ settings: { base: "nowhere.invalid/none:1" } });
    const readiness = scene.sandboxes.readiness();
    expect(readiness.state === "off" && readiness.why).toContain("CAKE_BASE");
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

describe.skipIf(!engine || !canOwnEngine)("an engine that is restarted under load", () => {
  const folder = mkdtempSync(join(tmpdir(), "bakehouse-engine-"));
  const host = `unix://${folder}/docker.sock`;
  let stop = async () => {};
  afterAll(async () => {
    await stop();
    rmSync(folder, { recursive: true, force: true });
  });

  async function startEngine(): Promise<() => Promise<void>> {
    const line = `ip link set lo up 2>/dev/null; exec dockerd --data-root ${folder}/data --exec-root ${folder}/exec --pidfile ${folder}/pid -H ${host}`;
    const child = spawn("unshare", ["-n", "sh", "-c", line], { stdio: "ignore" });
    const ended = new Promise<void>((resolve) => child.on("close", () => resolve()));
    const docker = createDocker({ environment: { DOCKER_HOST: host } });
    await expect
      .poll(
        () =>
          docker.system.ping().then(
            () => "up",
            () => "down",
          ),
        { timeout: 60_000, interval: 200 },
      )
      .toBe("up");
    return async () => {
      child.kill("SIGTERM");
      await ended;
    };
  }

  test("is waited for, and every learner has the sandbox and the files they had", { timeout: 180_000 }, async () => {
    stop = await startEngine();
    const script = fileURLToPath(new URL("../harness/make-base-image.sh", import.meta.url));
    execFileSync("sh", [script], { stdio: "ignore", env: { ...process.env, DOCKER_HOST: host } });
    const scene = await openTestSandboxes({ engine: createDocker({ environment: { DOCKER_HOST: host } }) });
    const names = ["Ada", "Lin", "Sam"];
    for (const name of names) await scene.run(name, `echo ${name} > /cake/who`);
    let loaded = true;
    const errors: string[] = [];
    const load = names.map(async (name) => {
      while (loaded)
        await scene.run(name, "cat /cake/who; sleep 0.2").catch((error: Error) => {
          if (error.name !== "UserError") errors.push(`${error.name}: ${error.stack}`);
          return new Promise((resolve) => setTimeout(resolve, 100));
        });
    });
    await stop();
    await expect.poll(() => scene.sandboxes.readiness().state, { timeout: 30_000 }).toBe("away");
    await expect(scene.run("Eva", "true")).rejects.toThrow(/Docker is not answering/);
    stop = await startEngine();
    await expect.poll(() => scene.sandboxes.readiness().state, { timeout: 60_000 }).toBe("ready");
    loaded = false;
    await Promise.all(load);
    expect(errors).toEqual([]);
    for (const name of names) expect((await scene.run(name, "cat /cake/who")).text).toBe(`${name}\n`);
    const count = async () => (await scene.engine.containers.list({ labels: ["tutor.instance"] })).length;
    await expect.poll(count, { timeout: 20_000 }).toBe(names.length + 1);
    await scene.close();
  });
});
