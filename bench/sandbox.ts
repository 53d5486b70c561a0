import { execFile } from "node:child_process";
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { promisify } from "node:util";
import Docker from "dockerode";
import { readEndpoint } from "../src/engine/docker/endpoint.ts";
import { createDocker } from "../src/engine/docker.ts";
import { limits } from "../src/engine/limits.ts";
import { createPayload, idleCommand } from "../src/engine/policy.ts";
import { runCommand } from "../src/engine/run-command.ts";
import { openSandboxes } from "../src/sandbox/sandboxes.ts";
import type { Sandboxes } from "../src/sandbox/service.ts";
import { createTimers } from "../src/store/timers.ts";
import { openStore } from "../tests/harness/open-store.ts";
import { report, spread, timed } from "./measure.ts";

const run = promisify(execFile);
const rounds = Number(process.env.BENCH_ROUNDS ?? 30);
const live = Number(process.env.BENCH_LIVE ?? 100);
const place = { platform: "bench", workspace: "bench", channel: "bench" };
const learner = (name: string) => ({ id: `bench:${name}`, name, moderator: false });

/**
 * Sandboxes beside what they are made of, in turns: `runc run … true`, `docker run --rm`, and the bare client library. Needs an
 * engine at `DOCKER_HOST`, `runc` and `docker` on this machine, and a base image named by `CAKE_BASE`.
 */
export async function benchSandbox(): Promise<void> {
  const dataDir = mkdtempSync(join(tmpdir(), "bakehouse-bench-"));
  const store = await openStore({ dataDir });
  const timers = createTimers(store);
  const base = process.env.CAKE_BASE;
  const settings = { pool: 2, total: 400, perWorkspace: 400, ...(base && { base }) };
  const sandboxes = await openSandboxes({ engine: createDocker(), store, timers, settings });
  await timers.start();
  await sandboxes.settled;
  const readiness = sandboxes.readiness();
  if (readiness.state !== "ready") throw new Error(readiness.why);
  const bundle = await makeBundle(sandboxes.image().id);
  try {
    await compare(sandboxes, bundle);
    await floods(sandboxes);
    await crowd(sandboxes);
  } finally {
    await sandboxes.close();
    await timers.stop();
    await store.close();
    rmSync(dataDir, { recursive: true, force: true });
    rmSync(bundle, { recursive: true, force: true });
  }
}

/** One round does each thing once, so that a busy moment of the machine hits all of them alike. */
async function compare(sandboxes: Sandboxes, bundle: string): Promise<void> {
  const raw = new Docker(readEndpoint(process.env).options);
  const image = sandboxes.image().id;
  const samples: Record<string, number[]> = {};
  const note = (name: string, milliseconds: number) => {
    samples[name] ??= [];
    samples[name].push(milliseconds);
  };
  const spec = { image, purpose: "pool", instance: "bench", slot: limits.slots - 2, command: idleCommand } as const;
  for (let round = -2; round < rounds; round++) {
    const took: [string, number][] = [];
    took.push([
      "runc",
      await timed(() => run("runc", ["run", "--bundle", bundle, `bench-${process.pid}-${round + 2}`])),
    ]);
    took.push(["docker run --rm", await timed(() => run("docker", ["run", "--rm", image, "true"]))]);
    await settle();
    took.push(["warm claim to output", await timed(() => sandboxes.run(learner("Ada"), place, "echo hi"))]);
    await sandboxes.stop(learner("Ada").id);
    await settle();

    const payload = createPayload({
      ...spec,
      name: `bench-${process.pid}-raw-${round + 2}`,
    }) as Docker.ContainerCreateOptions;
    let bare: Docker.Container | undefined;
    took.push([
      "raw create and start",
      await timed(async () => {
        bare = await raw.createContainer(payload);
        await bare.start();
      }),
    ]);
    let cold = "";
    took.push([
      "cold create and start",
      await timed(async () => {
        const name = `bench-${process.pid}-cold-${round + 2}`;
        cold = await sandboxes.engine.containers.create({ ...spec, name });
        await sandboxes.engine.containers.start(cold);
      }),
    ]);
    took.push(["raw exec", await timed(() => bareExec(bare as Docker.Container))]);
    took.push(["exec", await timed(() => runCommand(sandboxes.engine, cold, { command: ["sh", "-c", "echo hi"] }))]);
    await bare?.remove({ force: true });
    await sandboxes.engine.containers.remove(cold, { force: true });
    if (round >= 0) for (const [name, milliseconds] of took) note(name, milliseconds);
  }
  const p50 = (name: string) => spread(samples[name] ?? []).p50;
  const floor = p50("runc");
  for (const name of Object.keys(samples)) {
    const { p50: half, p99, n } = spread(samples[name] ?? []);
    report(`sandbox: ${name}`, { unit: "ms", p50: half, p99, n, times_runc: half / floor });
  }
  report("sandbox: ratios", {
    warm_to_docker_run: p50("warm claim to output") / p50("docker run --rm"),
    cold_to_raw: p50("cold create and start") / p50("raw create and start"),
    exec_to_raw: p50("exec") / p50("raw exec"),
  });
}

/** Lets the pool fill up again, as it does between people's requests. */
async function settle(): Promise<void> {
  await new Promise((resolve) => setTimeout(resolve, 700));
}

async function bareExec(container: Docker.Container): Promise<void> {
  const exec = await container.exec({ Cmd: ["sh", "-c", "echo hi"], AttachStdout: true, AttachStderr: true });
  const stream = await exec.start({ hijack: true, stdin: false });
  await new Promise<void>((resolve) => stream.on("end", resolve).resume());
  await exec.inspect();
}

/** Memory of this process while eight learners flood it. */
async function floods(sandboxes: Sandboxes): Promise<void> {
  const names = Array.from({ length: 8 }, (_, index) => `Flood${index}`);
  for (const name of names) await sandboxes.run(learner(name), place, "true");
  const all = () => Promise.all(names.map((name) => sandboxes.run(learner(name), place, "yes")));
  // The first rounds load code and grow the heap to its working size.
  await all();
  await all();
  globalThis.gc?.();
  const before = process.memoryUsage.rss();
  let peak = before;
  const watch = setInterval(() => {
    peak = Math.max(peak, process.memoryUsage.rss());
  }, 5);
  const milliseconds = await timed(all);
  clearInterval(watch);
  report("sandbox: 8 floods at once", {
    unit: "MB",
    rss_growth: Math.max(0, peak - before) / 1024 / 1024,
    ms: milliseconds,
  });
  for (const name of names) await sandboxes.stop(learner(name).id);
}

/** How long a start takes with none and with a hundred live. */
async function crowd(sandboxes: Sandboxes): Promise<void> {
  const start = (name: string) =>
    timed(async () => {
      for await (const news of sandboxes.start(learner(name), place)) if (news.state === "ready") return;
    });
  const sample = async (label: string) => {
    const took: number[] = [];
    for (let index = 0; index < 10; index++) {
      await settle();
      took.push(await start(`${label}${index}`));
      await sandboxes.stop(learner(`${label}${index}`).id);
    }
    return spread(took).p50;
  };
  const cold = async (label: string) => {
    const took: number[] = [];
    const { owner, slot, release } = await sandboxes.borrow("bench");
    for (let index = 0; index < 10; index++) {
      const name = `bench-${process.pid}-${label}-${index}`;
      let id = "";
      took.push(
        await timed(async () => {
          id = await sandboxes.createContainer({
            ...{ name, image: sandboxes.image().id, purpose: "line", owner, slot },
          });
          await sandboxes.engine.containers.start(id);
        }),
      );
      await sandboxes.engine.containers.remove(id, { force: true });
    }
    await release();
    return spread(took).p50;
  };
  const first = { warm: await sample("First"), cold: await cold("first") };
  for (let at = 0; at < live; at += 4) await Promise.all([0, 1, 2, 3].map((index) => start(`Crowd${at + index}`)));
  const last = { warm: await sample("Last"), cold: await cold("last") };
  report(`sandbox: with ${live} live`, {
    ...{ unit: "ms", warm_first: first.warm, warm_then: last.warm, warm_ratio: last.warm / first.warm },
    ...{ cold_first: first.cold, cold_then: last.cold, cold_ratio: last.cold / first.cold },
  });
}

/** An OCI bundle of the image for runc alone. */
async function makeBundle(image: string): Promise<string> {
  const bundle = mkdtempSync(join(tmpdir(), "bakehouse-bundle-"));
  mkdirSync(join(bundle, "rootfs"));
  const { stdout } = await run("docker", ["create", image]);
  const id = stdout.trim();
  await run("sh", ["-c", `docker export ${id} | tar -x -C ${join(bundle, "rootfs")} && docker rm ${id}`]);
  const spec = await run("runc", ["spec"], { cwd: bundle }).then(
    () => import(join(bundle, "config.json"), { with: { type: "json" } }),
  );
  const config = structuredClone(spec.default);
  Object.assign(config.process, { terminal: false, args: ["true"] });
  writeFileSync(join(bundle, "config.json"), JSON.stringify(config));
  return bundle;
}
