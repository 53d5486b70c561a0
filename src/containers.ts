import type { Config } from "./config.ts";
import type { Services } from "./core/context.ts";
import type { Log } from "./core/log.ts";
import { createSandboxLines } from "./docker-cli/sandbox-lines.ts";
import { createDocker } from "./engine/docker.ts";
import type { Theatre } from "./experiments/stage.ts";
import { createTheatre } from "./experiments/theatre.ts";
import { createPictures } from "./pictures/pictures.ts";
import { openSandboxes } from "./sandbox/sandboxes.ts";
import type { Outbox } from "./store/outbox.ts";
import { processLives } from "./store/process-lives.ts";
import type { Store } from "./store/store.ts";
import type { Timers } from "./store/timers.ts";

/** The parts that need a Docker engine. */
export interface Containers {
  services: Required<Pick<Services, "sandboxes" | "dockerLines" | "pictures">>;
  theatre: Theatre;
  /** Removes the warm pool; learners' sandboxes stay for the next start unless `keep` is false. */
  close(options: { keep: boolean }): Promise<void>;
}

/** Joins the engine's parts. Docker may be away: the sandbox service says so by `readiness`, and looks again. */
export async function openContainers(
  config: Config,
  { store, timers, outbox, log, owner }: { store: Store; timers: Timers; outbox: Outbox; log: Log; owner: string },
): Promise<Containers> {
  const sandboxes = await openSandboxes({
    engine: createDocker({
      environment: { ...process.env, ...(config.DOCKER_HOST && { DOCKER_HOST: config.DOCKER_HOST }) },
    }),
    store,
    timers,
    log,
    now: () => store.now(),
    process: owner,
    alive: (other) => processLives(store, other),
    announce: (tx, message) => outbox.post(tx, message),
    settings: {
      total: config.SANDBOX_TOTAL,
      perWorkspace: config.SANDBOX_PER_WORKSPACE,
      pool: config.SANDBOX_POOL,
      ...(config.CAKE_BASE && { base: config.CAKE_BASE }),
      ...(config.SANDBOX_IMAGES && { images: config.SANDBOX_IMAGES }),
      ...(config.SANDBOX_RUNTIME && { runtime: config.SANDBOX_RUNTIME }),
    },
  });
  const dockerLines = createSandboxLines(sandboxes, () => store.now());
  const pictures = createPictures({ log });
  const theatre = createTheatre(sandboxes, dockerLines, pictures);
  return {
    services: { sandboxes, dockerLines, pictures },
    theatre,
    async close({ keep }) {
      await theatre.close();
      await sandboxes.close({ keep });
      await pictures.close();
    },
  };
}
