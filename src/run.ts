import { setImmediate as turn } from "node:timers/promises";
import { type Bakehouse, createBakehouse } from "./app.ts";
import type { Config } from "./config.ts";
import type { Log } from "./core/log.ts";
import type { Platform } from "./core/platform.ts";
import type { PlatformKind } from "./core/platform-kind.ts";
import { createPlatforms, platformsToRun } from "./create-platforms.ts";
import { inWords, StartError } from "./fatal.ts";
import { foldRepeats } from "./fold-repeats.ts";
import type { Health, PlatformCheck } from "./health.ts";
import { keepPlatforms } from "./keep-platforms.ts";
import { createLog, logPath } from "./log.ts";
import { needPeople } from "./nobody.ts";
import { platforms } from "./platforms/index.ts";
import { closeInTurn, listenForStop, type Stop } from "./stop.ts";
import { surviveErrors } from "./survive-errors.ts";
import { createTally, type Tally } from "./tally.ts";
import { watchBakehouse } from "./watch.ts";

/** Runs the bot until it is asked to stop, or until the platform that stands in closes, as the terminal does when its input ends. Everything is closed when this resolves or rejects. */
export async function runBakehouse(config: Config, known: readonly PlatformKind[] = platforms): Promise<void> {
  const kinds = platformsToRun(known, config);
  const chat = !kinds.some(({ standIn }) => standIn);
  if (!chat) needPeople();
  const tally = createTally();
  const path = logPath(config, chat);
  const log = tally.log(folded(createLog(config.LOG_LEVEL ?? (chat ? "info" : "warn"), path)));
  const stop = listenForStop(log);
  surviveErrors(log);
  // A reader that goes away (`npm start | head`) is an ordinary end, not a crash.
  process.stdout.on("error", stop.ask);
  try {
    const bakehouse = await createBakehouse(config, log, { kinds: known });
    await runOn(kinds, { config, bakehouse, log, tally, stop });
  } catch (error) {
    throw path === undefined ? error : inWords(error, log, path);
  }
}

/** What the platforms run with. */
interface Running {
  config: Config;
  bakehouse: Bakehouse;
  log: Log;
  tally: Tally;
  stop: Stop;
}

async function runOn(kinds: readonly PlatformKind[], running: Running): Promise<void> {
  const { config, bakehouse, log, stop } = running;
  const alone = kinds.find(({ standIn }) => standIn);
  try {
    const made = await createPlatforms(kinds, config, { bakehouse, log });
    if (!alone) await runPlatforms(made, running);
    else for (const platform of made) await runAlone(platform, bakehouse, stop.signal);
  } finally {
    await bakehouse.close({ keepSandboxes: !alone });
  }
}

/** The log without repetitions; what is still counted at the end of the process is told then. */
function folded(log: Log): Log {
  const { log: without, flush } = foldRepeats(log);
  process.once("exit", flush);
  return without;
}

/** Runs the platform that stands in where none is set up, until it closes. */
async function runAlone(platform: Platform, bakehouse: Bakehouse, stopped: AbortSignal): Promise<void> {
  stopped.addEventListener("abort", () => void platform.stop());
  await bakehouse.start([platform]);
  await platform.start(bakehouse.app);
  if (stopped.aborted) await platform.stop();
  await platform.closed;
}

/** Opens now what the first question and the first quiz would open: it would hold up acknowledgements that a platform waits three seconds for. */
async function getReady({ services: { tutor, curriculum } }: Bakehouse): Promise<void> {
  await tutor.ready();
  const openings = [
    () => tutor.find("what is an image"),
    () => tutor.diagnose("no such image"),
    () => curriculum.current.questions,
    () => curriculum.current.experiments,
    () => curriculum.current.labs,
  ];
  for (const open of openings) {
    open();
    await turn();
  }
}

/** Runs the platforms until the bot is to stop. Throws when none starts. */
async function runPlatforms(
  made: readonly Platform[],
  { config, bakehouse, log, tally, stop: { signal: stopped } }: Running,
): Promise<void> {
  await getReady(bakehouse);
  const { services } = bakehouse;
  services.feedback = tally.feedback(services.feedback);
  const kept = keepPlatforms(made, tally.app(bakehouse.app), { log, started: bakehouse.carry });
  let health: Health | undefined;
  try {
    const started = await kept.start();
    if (started.length === 0)
      throw new StartError(
        "No platform could be started; the lines above say why. `npm run doctor` checks every setting.",
      );
    await bakehouse.start(started);
    health = await watchHealth(config, bakehouse, kept.checks, tally);
    for (const { name } of started) console.log(`ready: ${name}`);
    if (!stopped.aborted) await new Promise((resolve) => stopped.addEventListener("abort", resolve));
  } finally {
    await health?.stop();
    await closeInTurn(
      [
        ["quizzes", () => bakehouse.park(), 5_000],
        ["platforms", () => kept.stop(), 4_000],
      ],
      log,
    );
  }
}

/** What the host's own watchdog asks, where a port is set. */
async function watchHealth(
  { HEALTH_PORT: port, HEALTH_HOST: host }: Config,
  bakehouse: Bakehouse,
  platforms: Readonly<Record<string, PlatformCheck>>,
  tally: Tally,
): Promise<Health | undefined> {
  if (port === undefined) return undefined;
  try {
    return await watchBakehouse({ port, host }, bakehouse, platforms, tally);
  } catch (error) {
    throw new StartError(error instanceof Error ? error.message : String(error));
  }
}
