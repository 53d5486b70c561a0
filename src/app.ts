import { existsSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { commands as allCommands } from "../commands/index.ts";
import type { Config } from "./config.ts";
import type { Metric } from "./core/checks/metric.ts";
import type { Services } from "./core/context.ts";
import { createApp } from "./core/dispatch.ts";
import type { Inbox } from "./core/inbox.ts";
import type { Log } from "./core/log.ts";
import type { App } from "./core/platform.ts";
import { directoryOf, type PlatformKind } from "./core/platform-kind.ts";
import { openLibrary } from "./curriculum/library.ts";
import { createDoctor } from "./doctor/doctor.ts";
import { decideByRun } from "./experiments/decide.ts";
import { createExperiments } from "./experiments/experiments.ts";
import { parts as ownParts } from "./parts.ts";
import { platforms as platformKinds } from "./platforms/index.ts";
import { createQuiz } from "./quiz/quiz.ts";
import "./services.ts";
import { createTutor } from "./answers/cards/tutor.ts";
import { endSandboxesOf } from "./sandbox/forget-workspace.ts";
import { type Closing, closeInTurn } from "./stop.ts";
import { forgetWorkspace, goneWorkspace } from "./store/gone-workspace.ts";
import { createHousekeeper } from "./store/housekeeping.ts";
import { createInbox } from "./store/inbox.ts";
import { createLeases } from "./store/leases.ts";
import { type Carrier, createOutbox } from "./store/outbox.ts";
import { forgettingOf, type MadePart, migrationsOf, type Part, type PartPorts, personalOf } from "./store/part.ts";
import { createPersonalData } from "./store/personal-data.ts";
import { openStore, type Store } from "./store/store.ts";
import { createTimers } from "./store/timers.ts";

/** The running bot without its platforms. */
export interface Bakehouse {
  app: App;
  services: Services;
  store: Store;
  /** What the parts tell of themselves as numbers. */
  metrics: Metric[];
  /** Keeps what platforms are told until it is answered. */
  inbox: Inbox;
  /** Ends and deletes everything of a workspace that removed the bot. Doing it twice does no harm. */
  forgetWorkspace(platform: string, id: string): Promise<void>;
  /** Lets announcements go out through these, goes on with what a stop interrupted, and starts the clock. */
  start(platforms: Iterable<Carrier & { name: string }>): Promise<void>;
  /** Lets announcements go out through a platform that could be started only later. */
  carry(platform: Carrier & { name: string }): void;
  /** Resolves when every announcement that can be sent has been. */
  settled(): Promise<void>;
  /** Says in every running quiz that it pauses, while the platforms can still be reached. */
  park(): Promise<void>;
  /** Parks quizzes and lets go of everything the bot holds. Learners' sandboxes end too, unless they are kept for the next start. */
  close(options?: { keepSandboxes?: boolean }): Promise<void>;
}

/** The content that comes with Bakehouse, and the recorded runs of its experiments. */
export const ownContent = fileURLToPath(new URL("../content", import.meta.url));
export const recordings = fileURLToPath(new URL("../content/recordings", import.meta.url));

/** How long a quiz waits for a live run to decide a prediction, in ms. */
const decideWithin = 30_000;

/** What the bot is made of, where that differs from {@link allCommands} and the lists of parts and platforms. */
interface MadeOf {
  /** Replaces the clock, for tests. */
  now?: () => number;
  kinds?: readonly PlatformKind[];
  parts?: readonly Part[];
}

/** Joins the parts: the only place that knows them all. Throws what a part cannot start with, in words for the host. */
export async function createBakehouse(
  config: Config,
  log: Log,
  { now, kinds = platformKinds, parts = ownParts }: MadeOf = {},
): Promise<Bakehouse> {
  const commands = [...allCommands, ...parts.flatMap((part) => part.commands ?? [])];
  const curriculum = openLibrary([ownContent, ...(config.CONTENT_DIR ? [config.CONTENT_DIR] : [])]);
  if (curriculum.refused) tellRefused(curriculum.refused, log);
  const store = await openStore({
    dataDir: config.DATA_DIR,
    ...(config.DATABASE_URL && { databaseUrl: config.DATABASE_URL }),
    ...(now && { now }),
    migrations: migrationsOf(parts),
    log,
  });
  const leases = createLeases(store, { log });
  // Before anything of this process is on the engine: other processes clear away what nobody living has.
  await leases.start();
  const timers = createTimers(store, { log });
  const platforms = new Map<string, Carrier>();
  const outbox = createOutbox(store, { leases, platforms, log });
  const containers = await openContainersOf(config, { store, timers, outbox, log, owner: leases.owner });
  const experiments = createExperiments({ theatre: containers?.theatre, recordings, log });
  const carry = (platform: Carrier & { name: string }) => void platforms.set(platform.name, platform);
  const quiz = createQuiz({
    ...{ store, timers, outbox, leases, curriculum, log },
    canShow: () => true,
    async experimentOutcome(id, place) {
      const experiment = curriculum.current.experiments.get(id);
      if (!experiment) throw new Error(`there is no experiment ${id}`);
      return decideByRun(experiments, experiment, `quiz-${place.platform}`, AbortSignal.timeout(decideWithin));
    },
  });
  const services: Services = Object.assign({} as Services, {
    curriculum,
    platforms: directoryOf(kinds),
    personal: createPersonalData(store, personalOf(parts)),
    tutor: createTutor(curriculum),
    quiz,
    doctor: createDoctor({ log, kinds }),
    experiments,
    ...containers?.services,
    commands: () => commands,
    offers: () => ({
      experiments: true,
      quiz: true,
      sandbox: containers?.services.sandboxes.readiness().state === "ready",
      feedback: true,
    }),
  });
  const made = await createParts(parts, { store, outbox, timers, leases, log, services });
  const housekeeper = createHousekeeper(store, { leases, log, also: made.flatMap(({ prune }) => prune ?? []) });
  let parked: Promise<void> | undefined;
  const park = () => {
    parked ??= quiz.stop().then(() => outbox.flush());
    return parked;
  };
  return {
    app: createApp({
      commands,
      services,
      now: () => store.now(),
      log,
      rules: services.settings,
      hosts: new Set(config.HOSTS),
      conversation: services.conversations,
    }),
    services,
    store,
    metrics: parts.flatMap((part) => part.metrics?.(store) ?? []),
    inbox: createInbox(store, { leases, log }),
    async forgetWorkspace(platform, id) {
      const workspace = goneWorkspace(platform, id);
      await endSandboxesOf(workspace, { store, sandboxes: containers?.services.sandboxes, log });
      await forgetWorkspace(store, forgettingOf(parts), workspace);
    },
    async start(started) {
      for (const platform of started) carry(platform);
      await housekeeper.start();
      await quiz.start();
      await timers.start();
      await outbox.start();
    },
    carry,
    settled: () => outbox.flush(),
    park,
    close: ({ keepSandboxes = false } = {}) =>
      closeInTurn(
        [
          ["quizzes", park, 5_000],
          ["timers", () => timers.stop()],
          ["housekeeping", () => housekeeper.stop()],
          ["experiments", () => experiments.stopAll()],
          ["containers", () => containers?.close({ keep: keepSandboxes }), 6_000],
          ["outbox", () => outbox.stop()],
          ...made.map(({ name, close }): Closing => [name, () => close?.()]),
          ["leases", () => leases.stop()],
          ["store", () => store.close()],
        ],
        log,
      ),
  };
}

/** Makes the parts one after the other; each finds the services of those before it. */
async function createParts(parts: readonly Part[], ports: PartPorts): Promise<(MadePart & { name: string })[]> {
  const made: (MadePart & { name: string })[] = [];
  for (const { name, create } of parts) {
    const one = await create?.(ports);
    if (!one) continue;
    Object.assign(ports.services, one.services);
    made.push({ name, ...one });
  }
  return made;
}

/** How many problems of a pack the log names; the doctor and `content reload` tell more. */
const toldProblems = 10;

function tellRefused(refused: unknown, log: Log): void {
  const problems = refused instanceof Error ? refused.message.split("\n") : [String(refused)];
  log.error("CONTENT_DIR is not taught, only the content that comes along, until it is mended and reloaded", {
    problems: problems.slice(0, toldProblems),
    more: Math.max(0, problems.length - toldProblems),
  });
}

/** Loads the engine's client only where an engine may be: it costs time that a terminal without Docker should not pay. */
async function openContainersOf(
  config: Config,
  parts: Parameters<typeof import("./containers.ts").openContainers>[1],
): Promise<import("./containers.ts").Containers | undefined> {
  if (config.SANDBOX_TOTAL === 0) return undefined;
  if (!config.DOCKER_HOST && !existsSync("/var/run/docker.sock")) return undefined;
  return (await import("./containers.ts")).openContainers(config, parts);
}
