import { setTimeout as sleep } from "node:timers/promises";
import type { Log } from "../../core/log.ts";
import type { DockerEngine } from "../../engine/docker.ts";
import { isEngineError } from "../../engine/engine-error.ts";
import type { Readiness, SandboxSettings } from "../service.ts";
import { awayWords } from "../trouble.ts";
import { bringImage } from "./bring-image.ts";
import { checkInfo, GateError, runCanary } from "./gate.ts";
import { ImageError, prepareImage } from "./image.ts";
import { probeQuota, type Quota, quotaWords } from "./quota.ts";

/** The engine as it is right now: checked, watched, and waited for when it goes away. */
export interface Host {
  readiness(): Readiness;
  /** Resolves once the first checks have ended, whichever way. */
  settled: Promise<void>;
  /** The shared image's id. Throws before the engine was ready. */
  image(): string;
  /** Ids of all allowed images by the name learners use. */
  images(): ReadonlyMap<string, string>;
  quota(): Quota;
  /** Bytes of memory of one container. */
  memory(): number;
  ranOutOfMemory(container: string, since: number): boolean;
  /** Checks the engine and keeps watching it. */
  open(): void;
  /** Stops watching; resolves when no check is under way any more. */
  close(): Promise<void>;
}

export interface HostOptions {
  engine: DockerEngine;
  instance: string;
  /** This process, as other processes of the installation call it. */
  process: string;
  settings: SandboxSettings;
  log: Log;
  /** The engine answers and passed the checks, for the first time or again. */
  onUp(): Promise<void>;
  onDown(): void;
}

/** The name learners know the shared image by. */
export const sharedName = "cake";

/** See {@link Host}. */
export function createHost({ engine, instance, process, settings, log, onUp, onDown }: HostOptions): Host {
  const settled = Promise.withResolvers<void>();
  const stopping = new AbortController();
  const killedAt = new Map<string, number>();
  const images = new Map<string, string>();
  let readiness: Readiness = { state: "preparing", why: "Sandboxes are being prepared: Docker is being checked." };
  let quota: Quota = "watchdog";
  let memory = 0;
  let passed = "";
  let keeping: Promise<void> = Promise.resolve();

  const preparing = (what: string) => {
    readiness = { state: "preparing", why: `Sandboxes are being prepared: ${what}` };
  };

  async function prepare(): Promise<void> {
    const info = await engine.system.info();
    checkInfo(info, settings.runtime);
    const shared = await prepareImage(engine, {
      base: settings.base,
      onLine(line) {
        // What else an engine says here is for hosts.
        const [step] = /^Step \d+\/\d+/.exec(line) ?? [];
        preparing(`the shared image is being baked${step ? ` (${step.toLowerCase()})` : ""}.`);
        log.info("baking the shared image", { line });
      },
      onFallback: (why) =>
        log.warn("the public base image cannot be had; the machine's own busybox takes its place", { why }),
    });
    images.set(sharedName, shared.id);
    // What was tried holds as long as it is the same engine in the same shape.
    const shape = JSON.stringify([info.version, info.cgroupDriver, info.storageDriver, info.dataRoot, shared.id]);
    if (shape === passed) return;
    preparing("a test container tries to break its limits.");
    const probed = await probeQuota(engine, engine.setPolicy, info, {
      image: shared.id,
      ...{ instance, process },
      runtime: settings.runtime,
    });
    await runCanary(engine, probed.policy, { image: shared.id, instance, process });
    quota = probed.quota;
    memory = probed.policy.memory;
    passed = shape;
    log[quota === "watchdog" ? "warn" : "info"]("disk limit of sandboxes", {
      ...{ quota, how: quotaWords[quota] },
      ...(probed.ignored && { note: "the engine takes a disk quota and ignores it" }),
    });
  }

  /** The images that the host allows besides the shared one; those that cannot be had are left out. */
  async function bringAllowed(): Promise<void> {
    for (const [name, reference] of Object.entries(settings.images ?? {})) {
      const id = await bringImage(engine, {
        ...{ name, reference, instance, process, log },
        onFetch: () => preparing(`the image ${name} is being fetched.`),
      });
      if (id) images.set(name, id);
      else images.delete(name);
    }
  }

  /** Listens until the engine ends the stream. */
  async function listen(): Promise<{ ended: Promise<void>; stop: () => void }> {
    const { promise: ended, resolve } = Promise.withResolvers<void>();
    const stop = await engine.system.events(
      { type: ["container"], event: ["oom", "destroy"], label: [`tutor.instance=${instance}`] },
      ({ action, id }) => {
        if (action === "oom") killedAt.set(id, Date.now());
        else killedAt.delete(id);
      },
      resolve,
    );
    return { ended, stop };
  }

  async function keepUp(): Promise<void> {
    let failures = 0;
    while (!stopping.signal.aborted) {
      try {
        const listening = await listen();
        stopping.signal.addEventListener("abort", listening.stop, { once: true });
        await prepare();
        await bringAllowed();
        if (stopping.signal.aborted) return;
        await onUp();
        failures = 0;
        readiness = { state: "ready" };
        settled.resolve();
        log.info("sandboxes are ready", { host: engine.host });
        await listening.ended;
        stopping.signal.removeEventListener("abort", listening.stop);
        if (stopping.signal.aborted) return;
        log.warn("the engine ended the connection");
      } catch (error) {
        if (error instanceof GateError || error instanceof ImageError) return turnOff(error.message, error);
        failures++;
        log.warn("the engine is not usable", { failures, error });
        if (failures >= 5 && !isEngineError(error, "unreachable"))
          return turnOff(
            "Sandboxes are off: the Docker engine fails at what they need. The host's log says more.",
            error,
          );
      }
      readiness = { state: "away", why: awayWords };
      onDown();
      settled.resolve();
      await sleep(Math.min(250 * 2 ** failures, 5000), undefined, { signal: stopping.signal }).catch(() => {});
    }
  }

  function turnOff(why: string, error: unknown): void {
    readiness = { state: "off", why: `${why} Answers and quizzes work without them.` };
    log.error("sandboxes are off", { why, error });
    settled.resolve();
  }

  return {
    readiness: () => readiness,
    settled: settled.promise,
    image() {
      const id = images.get(sharedName);
      if (!id) throw new Error("the shared image is not there yet");
      return id;
    },
    images: () => images,
    quota: () => quota,
    memory: () => memory,
    ranOutOfMemory: (container, since) => (killedAt.get(container) ?? 0) >= since,
    open() {
      keeping = keepUp().catch((error) => turnOff("Sandboxes are off because of a fault in this program.", error));
    },
    async close() {
      stopping.abort();
      await keeping;
    },
  };
}
