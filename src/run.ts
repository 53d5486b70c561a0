import { setImmediate as turn } from "node:timers/promises";
import { createBakehouse } from "./app.ts";
import type { Config } from "./config.ts";
import type { Log } from "./core/log.ts";
import type { Platform } from "./core/platform.ts";
import { inWords, StartError } from "./fatal.ts";
import { foldRepeats } from "./fold-repeats.ts";
import type { Health, PlatformCheck } from "./health.ts";
import { keepPlatforms } from "./keep-platforms.ts";
import { createLog, logPath } from "./log.ts";
import { needPeople } from "./nobody.ts";
import { closeInTurn, listenForStop, type Stop } from "./stop.ts";
import { createInstallations } from "./store/installations.ts";
import { surviveErrors } from "./survive-errors.ts";
import { createTally, type Tally } from "./tally.ts";
import { watchBakehouse } from "./watch.ts";

/** Runs the bot until it is asked to stop, or, in the terminal, until its input ends. Everything is closed when this resolves or rejects. */
export async function runBakehouse(config: Config): Promise<void> {
  const chat = Boolean(config.DISCORD_TOKEN || config.SLACK_BOT_TOKEN || config.SLACK_CLIENT_ID);
  if (!chat) needPeople();
  const tally = createTally();
  const path = logPath(config, chat);
  const log = tally.log(folded(createLog(config.LOG_LEVEL ?? (chat ? "info" : "warn"), path)));
  const stop = listenForStop(log);
  surviveErrors(log);
  // A reader that goes away (`npm start | head`) is an ordinary end, not a crash.
  process.stdout.on("error", stop.ask);
  try {
    await runOn(config, { log, tally, stop, chat });
  } catch (error) {
    throw path === undefined ? error : inWords(error, log, path);
  }
}

async function runOn(
  config: Config,
  { log, tally, stop, chat }: { log: Log; tally: Tally; stop: Stop; chat: boolean },
): Promise<void> {
  const bakehouse = await createBakehouse(config, log);
  try {
    if (chat) await runPlatforms(config, bakehouse, { log, tally, stopped: stop.signal });
    else await runTerminal(config, bakehouse, stop.signal);
  } finally {
    await bakehouse.close({ keepSandboxes: chat });
  }
}

/** The log without repetitions; what is still counted at the end of the process is told then. */
function folded(log: Log): Log {
  const { log: without, flush } = foldRepeats(log);
  process.once("exit", flush);
  return without;
}

type Bakehouse = Awaited<ReturnType<typeof createBakehouse>>;

async function runTerminal(config: Config, bakehouse: Bakehouse, stopped: AbortSignal): Promise<void> {
  const { createTerminal } = await import("./platforms/terminal/index.ts");
  const { closeKeptFiles, removeExportsOf } = await import("./platforms/terminal/kept-files.ts");
  const terminal = createTerminal({
    input: process.stdin,
    output: process.stdout,
    dataDir: config.DATA_DIR,
    settled: () => bakehouse.settled(),
    greeting:
      "Bakehouse: ask about Docker images and containers. New to Docker? Type `path`. `help` shows the rest, Ctrl-C ends it.\n",
  });
  closeKeptFiles(config.DATA_DIR);
  bakehouse.services.personal.onForget((person) => removeExportsOf(config.DATA_DIR, person));
  stopped.addEventListener("abort", () => void terminal.stop());
  await bakehouse.start([terminal]);
  await terminal.start(bakehouse.app);
  if (stopped.aborted) await terminal.stop();
  await terminal.closed;
}

/** The platforms that have tokens. Their client libraries are loaded only here, because that takes a second each. */
async function createPlatforms(config: Config, bakehouse: Bakehouse, log: Log): Promise<Platform[]> {
  // The first undici in a process serves all of them. It has to be Node's own: no other takes the forms in which discord.js sends files.
  void globalThis.FormData;
  const platforms: Platform[] = [];
  if (config.DISCORD_TOKEN) {
    const { createDiscord } = await import("./platforms/discord/index.ts");
    platforms.push(
      createDiscord({
        token: config.DISCORD_TOKEN,
        log,
        ...(config.DISCORD_API_URL && { apiUrl: config.DISCORD_API_URL }),
        ...(config.DISCORD_GUILD_ID && { guildId: config.DISCORD_GUILD_ID }),
        ...(config.DISCORD_SHARDS !== undefined && { shards: config.DISCORD_SHARDS }),
        inbox: bakehouse.inbox,
        onGone: (place) => bakehouse.services.quiz.gone(place),
        onUninstall: (server) => bakehouse.forgetWorkspace("discord", server),
      }),
    );
  }
  if (config.SLACK_BOT_TOKEN || config.SLACK_CLIENT_ID) {
    const { createSlack } = await import("./platforms/slack/index.ts");
    platforms.push(
      createSlack({
        log,
        inbox: bakehouse.inbox,
        onUninstall: (workspace) => bakehouse.forgetWorkspace("slack", workspace),
        ...slackWay(config),
        ...(config.SLACK_CLIENT_ID &&
          config.SLACK_CLIENT_SECRET && {
            clientId: config.SLACK_CLIENT_ID,
            clientSecret: config.SLACK_CLIENT_SECRET,
            installations: createInstallations(bakehouse.store, "slack"),
          }),
        ...(config.SLACK_API_URL && { apiUrl: config.SLACK_API_URL }),
        ...(config.SLACK_TUTORS && { tutors: config.SLACK_TUTORS }),
      }),
    );
  }
  return platforms;
}

/** How Slack is reached. */
function slackWay({ SLACK_BOT_TOKEN, SLACK_APP_TOKEN, SLACK_SIGNING_SECRET, SLACK_PORT }: Config) {
  return {
    ...(SLACK_BOT_TOKEN && { botToken: SLACK_BOT_TOKEN }),
    ...(SLACK_APP_TOKEN
      ? { appToken: SLACK_APP_TOKEN }
      : SLACK_SIGNING_SECRET && { signingSecret: SLACK_SIGNING_SECRET, port: SLACK_PORT }),
  };
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
  config: Config,
  bakehouse: Bakehouse,
  { log, tally, stopped }: { log: Log; tally: Tally; stopped: AbortSignal },
): Promise<void> {
  const platforms = await createPlatforms(config, bakehouse, log);
  await getReady(bakehouse);
  const { services } = bakehouse;
  services.feedback = tally.feedback(services.feedback);
  const kept = keepPlatforms(platforms, tally.app(bakehouse.app), { log, started: bakehouse.carry });
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
