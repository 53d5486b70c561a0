import type { Log } from "./core/log.ts";
import { type App, type Platform, type PlatformHealth, RefusedError } from "./core/platform.ts";
import { readHealth } from "./health.ts";

/** Pauses before a platform is started again, in ms; the last one is kept. */
const usualPauses = [5_000, 15_000, 60_000, 300_000];

interface KeepOptions {
  log: Log;
  /** Called whenever a platform can be used. */
  started(platform: Platform): void;
  pauses?: readonly number[];
  /** How often the connections are looked at, in ms. */
  every?: number;
}

/** What is known of one platform besides its own connection. */
interface Watched {
  platform: Platform;
  /** How it is while it does not run. */
  down?: PlatformHealth;
  /** Starts since it was last seen connected, and when the next one is due. */
  tries: number;
  due?: number | undefined;
  busy?: Promise<void>;
}

/**
 * Starts each platform on its own, so that one bad token does not stop the other, and starts those again that cannot come back by themselves,
 * where that may help.
 */
export function keepPlatforms(platforms: readonly Platform[], app: App, options: KeepOptions) {
  const { log, started, pauses = usualPauses, every = 1000 } = options;
  const all = platforms.map((platform): Watched => ({ platform, tries: 0 }));
  let watch: NodeJS.Timeout | undefined;
  let stopping = false;

  // Where there is no connection to lose, all is well.
  const healthOf = ({ platform, down }: Watched) =>
    down ?? readHealth(() => platform.health?.() ?? { state: "connected" });

  async function start(one: Watched): Promise<void> {
    const { platform } = one;
    try {
      await platform.start(app);
      if (stopping) return await platform.stop();
      delete one.down;
      started(platform);
    } catch (error) {
      const why = error instanceof Error ? error.message : String(error);
      one.down = error instanceof RefusedError ? { state: "lost", why } : { state: "reconnecting", why, restart: true };
      log.error("platform did not start", { platform: platform.name, error });
      await platform.stop().catch(() => {});
    }
  }

  async function look(one: Watched): Promise<void> {
    const health = await healthOf(one);
    if (health.state === "connected") one.tries = 0;
    if (health.state === "connected" || !health.restart) return void delete one.due;
    one.due ??= Date.now() + (pauses[Math.min(one.tries, pauses.length - 1)] ?? 0);
    if (Date.now() < one.due || stopping) return;
    delete one.due;
    one.tries++;
    log.warn("platform is started again", { platform: one.platform.name, why: health.why });
    if (!one.down) await one.platform.stop().catch((error: unknown) => log.warn("platform not stopped", { error }));
    one.down = health;
    if (!stopping) await start(one);
  }

  return {
    /** Resolves with those that started; the host has been told why the others did not. */
    async start(): Promise<Platform[]> {
      await Promise.all(all.map(start));
      for (const { platform, down } of all)
        if (down && "why" in down) console.error(`${platform.name} could not be started: ${down.why}`);
      watch = setInterval(() => {
        for (const one of all) one.busy ??= look(one).finally(() => delete one.busy);
      }, every);
      watch.unref();
      return all.filter(({ down }) => !down).map(({ platform }) => platform);
    },
    /** How each platform is, by its name. */
    checks: Object.fromEntries(all.map((one) => [one.platform.name, () => healthOf(one)])),
    /** Stops them all, also one that is just being started. */
    async stop(): Promise<void> {
      stopping = true;
      clearInterval(watch);
      await Promise.all(
        all.map(async (one) => {
          await one.platform.stop();
          await one.busy;
        }),
      );
    },
  };
}
