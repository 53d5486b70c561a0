import { createDockerLines, type DockerLines } from "../docker-cli/docker-lines.ts";
import { createPlainHost } from "../docker-cli/lines-host.ts";
import type { Engine } from "../engine/engine.ts";
import { sharedName } from "../sandbox/guard/host.ts";
import { prepareImage } from "../sandbox/guard/image.ts";
import type { Theatre } from "./stage.ts";
import { openStage } from "./theatre.ts";

/** Where lines can be played straight on an engine, without learners' sandboxes. */
export interface BareTheatre extends Theatre {
  lines: DockerLines;
}

/**
 * Opens an engine for recordings and for tests: the shared image is built on `base` (default: the pinned public one) if it is missing.
 * Throws ImageError or EngineError.
 */
export async function openBareTheatre(engine: Engine, instance: string, base?: string): Promise<BareTheatre> {
  const { id } = await prepareImage(engine, { base });
  const lines = createDockerLines({ host: createPlainHost(engine, instance, [{ name: sharedName, id }]) });
  let opened = 0;
  return {
    lines,
    open: async (owner) => openStage(lines, { owner: `${owner}-${++opened}`, slot: opened % 100 }, async () => {}),
    version: async () => (await engine.system.info()).version,
  };
}
