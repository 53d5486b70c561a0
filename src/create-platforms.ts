import type { Bakehouse } from "./app.ts";
import type { Config } from "./config.ts";
import type { Log } from "./core/log.ts";
import type { Platform } from "./core/platform.ts";
import type { PlatformKind } from "./core/platform-kind.ts";
import { createInstallations } from "./store/installations.ts";

/** The platforms that are set up; where none is, the one that stands in. */
export function platformsToRun(kinds: readonly PlatformKind[], config: Config): PlatformKind[] {
  const setUp = kinds.filter((kind) => !kind.standIn && kind.isSetUp(config));
  return setUp.length > 0 ? setUp : kinds.filter(({ standIn }) => standIn).slice(0, 1);
}

/** Makes the platforms, one after the other. */
export async function createPlatforms(
  kinds: readonly PlatformKind[],
  config: Config,
  { bakehouse, log }: { bakehouse: Bakehouse; log: Log },
): Promise<Platform[]> {
  // The first undici in a process serves all of them. It has to be Node's own: no other takes the forms in which client libraries send files.
  if (kinds.some(({ standIn }) => !standIn)) void globalThis.FormData;
  const made: Platform[] = [];
  for (const kind of kinds) {
    made.push(
      await kind.create(config, {
        log,
        inbox: bakehouse.inbox,
        dataDir: config.DATA_DIR,
        installations: createInstallations(bakehouse.store, kind.name),
        settled: () => bakehouse.settled(),
        onGone: (place) => bakehouse.services.quiz.gone(place),
        onUninstall: (workspace) => bakehouse.forgetWorkspace(kind.name, workspace),
        onCollect: (name, collect) => bakehouse.services.personal.onCollect(name, collect),
        onForget: (effect) => bakehouse.services.personal.onForget(effect),
      }),
    );
  }
  return made;
}
