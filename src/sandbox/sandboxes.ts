import { randomBytes } from "node:crypto";
import { availableParallelism } from "node:os";
import { setTimeout as sleep } from "node:timers/promises";
import { UserError } from "../core/errors.ts";
import { type Log, silentLog } from "../core/log.ts";
import { button, press } from "../core/reply.ts";
import type { DockerEngine } from "../engine/docker.ts";
import { limits } from "../engine/limits.ts";
import type { Store } from "../store/store.ts";
import type { Timers } from "../store/timers.ts";
import { createBorrowed } from "./guard/borrowed.ts";
import { createHost, sharedName } from "./guard/host.ts";
import { readLimits } from "./guard/real-limits.ts";
import { sweep } from "./guard/sweep.ts";
import { createWatchers } from "./guard/watchers.ts";
import { createBeside } from "./life/beside.ts";
import { createLife, noSandbox } from "./life/life.ts";
import { stopByModerator } from "./life/moderation.ts";
import { createNews } from "./life/news.ts";
import { recover, replace } from "./life/revive.ts";
import { instanceName, listRows, type SandboxRow } from "./life/rows.ts";
import { createRunner } from "./life/runner.ts";
import { createWorkbenches } from "./life/workbenches.ts";
import type { Announce, Parts } from "./parts.ts";
import { createPlaces } from "./room/places.ts";
import { createPool } from "./room/pool.ts";
import { createQueue } from "./room/queue.ts";
import { createSlots } from "./room/slots.ts";
import type { Sandboxes, SandboxSettings, SandboxView } from "./service.ts";
import { readably } from "./trouble.ts";

export interface SandboxOptions {
  engine: DockerEngine;
  store: Store;
  /** Not started yet: the service says first what its timers do. */
  timers: Timers;
  settings?: Partial<SandboxSettings>;
  /** Posts warnings; without it nobody is warned. */
  announce?: Announce;
  /** This process, as other processes of the installation call it. */
  process?: string;
  /** Whether such a process lives; default: no other does. */
  alive?(process: string): Promise<boolean>;
  now?(): number;
  log?: Log;
}

const sweepEvery = 60_000;
/** A request that a killed process sent may still make a container a moment later. */
const secondSweep = 5_000;

/**
 * Opens the sandbox service. It checks the engine in the background and says by `readiness()` how that goes; nothing here throws
 * because Docker is away.
 */
export async function openSandboxes(options: SandboxOptions): Promise<Sandboxes> {
  const { engine, store, timers, log = silentLog, now = Date.now, alive = async () => false } = options;
  const instance = await instanceName(store, () => `bakehouse-${randomBytes(4).toString("hex")}`);

  const settings: SandboxSettings = {
    ...{
      total: 40,
      perWorkspace: 20,
      pool: 2,
      launches: 2 * availableParallelism(),
      idle: limits.idle,
      absolute: limits.absolute,
    },
    ...options.settings,
  };
  const slots = createSlots();
  const process = options.process ?? randomBytes(6).toString("hex");
  let announced = false;
  const host = createHost({
    engine,
    instance,
    process,
    settings,
    log,
    async onUp() {
      if (announced) pool.forget();
      announced = true;
      for (const { id, owner } of await recover(parts)) watchers.watch(id, owner);
      pool.fill();
    },
    onDown: () => {},
  });
  const pool = createPool({
    engine,
    instance,
    process,
    image: host.image,
    size: settings.pool,
    launches: settings.launches,
    slots,
    log,
  });
  const queue = createQueue();
  const parts: Parts = {
    ...{ engine, store, timers, settings, announce: options.announce, now, log, instance, process, alive },
    ...{ places: createPlaces(limits.commandsAtOnce), news: createNews() },
    ...{ slots, pool, queue, host, borrowed: createBorrowed(store, process, alive), onEnd: [] },
  };
  const life = createLife(parts);
  const watchers = createWatchers(parts, life);
  const runner = createRunner(parts, life, watchers.watchdog);
  const beside = createBeside(parts, life);
  const closing = new AbortController();

  async function keepClean(): Promise<void> {
    await sleep(secondSweep, undefined, { signal: closing.signal, ref: false });
    for (;;) {
      if (host.readiness().state === "ready")
        await sweep(parts).catch((error) => log.warn("the sweep failed", { error }));
      queue.poke();
      await sleep(sweepEvery, undefined, { signal: closing.signal, ref: false });
    }
  }

  /** Throws what there is to say when sandboxes cannot be used. */
  function needReady(): void {
    const readiness = host.readiness();
    if (readiness.state !== "ready")
      throw new UserError(
        readiness.why,
        readiness.state === "off" ? [] : [button("Try again", press("sandbox start"))],
      );
  }

  async function need(learner: string): Promise<SandboxRow> {
    needReady();
    const row = await life.find(learner);
    if (row?.state !== "ready") throw noSandbox();
    return row;
  }

  async function removeEverything(): Promise<void> {
    for (const row of await listRows(store.read, engine.host)) await life.stop(row.learner, "the bot was switched off");
  }

  host.open();
  keepClean().catch(() => {});

  return {
    engine,
    settled: host.settled,
    readiness: host.readiness,
    image: () => ({ id: host.image(), name: sharedName }),
    imageNames: () => [...host.images().keys()],
    images: () => [...host.images()].map(([name, id]) => ({ name, id })),
    quota: host.quota,
    async *start(person, place, { image = sharedName, signal } = {}) {
      const ready = host.readiness();
      if (ready.state === "preparing") {
        yield { state: "preparing", why: ready.why };
        await Promise.race([
          host.settled,
          new Promise<void>((stop) => signal?.addEventListener("abort", () => stop())),
        ]);
      }
      needReady();
      if (!host.images().has(image))
        throw new UserError(
          `Sandboxes can be started from ${[...host.images().keys()].map((one) => `\`${one}\``).join(", ")} here, and from nothing else.`,
        );
      yield* life.start(person, place, image, signal);
    },
    async run(person, place, line, options) {
      needReady();
      return readably(() => runner.run(person, place, line, options));
    },
    async find(learner) {
      const row = await life.find(learner);
      return row?.state === "ready" ? life.viewOf(row) : undefined;
    },
    async past(learner) {
      return store.read
        .selectFrom("sandbox_past")
        .select(["why", "at"])
        .where("learner", "=", learner)
        .executeTakeFirst();
    },
    limits: (learner) => readably(async () => readLimits(parts, life.viewOf(await need(learner)))),
    changes: (learner) =>
      readably(async () => {
        const view = life.viewOf(await need(learner));
        return { view, changes: await engine.containers.changes(view.container) };
      }),
    extend: async (learner) => life.viewOf(await life.extend(learner)),
    reset: (learner) =>
      runner.exclusively(learner, () =>
        readably(async () => {
          const row = await need(learner);
          const changes = await engine.containers.changes(row.container ?? "").catch(() => []);
          const fresh = await life.touch(await replace(parts, row, null));
          return { view: life.viewOf(fresh), lost: changes.filter(({ kind }) => kind !== "C").length };
        }),
      ),
    stop: (learner, why) => readably(() => life.stop(learner, why)),
    stopOther: (moderator, place, person) => readably(() => stopByModerator(parts, life, { moderator, place, person })),
    offer: (person, place, asked) => {
      needReady();
      return beside.offer(person, place, asked);
    },
    agree: beside.agree,
    changesOf: (view: SandboxView) => readably(() => engine.containers.changes(view.container)),
    ...createWorkbenches(parts, life, needReady),
    exclusively: runner.exclusively,
    runIn: runner.runIn,
    watch: watchers.watch,
    offend: parts.places.offend,
    takeNews: parts.news.take,
    ranOutOfMemory: host.ranOutOfMemory,
    onEnd: (effect) => void parts.onEnd.push(effect),
    async close({ keep = false } = {}) {
      closing.abort();
      watchers.close();
      const usable = host.readiness().state === "ready";
      await host.close();
      if (!usable) return;
      if (!keep) await removeEverything().catch((error) => log.warn("removal failed", { error }));
      await pool.close();
    },
  };
}
