import { showStacks } from "../pictures/layer-picture.ts";
import { ownStacks } from "../pictures/own-stacks.ts";
import type { Pictures } from "../pictures/pictures.ts";
import type { DockerLines, LineOwner } from "../sandbox/lines/docker-lines.ts";
import type { Sandboxes } from "../sandbox/service.ts";
import type { Stage, Theatre } from "./stage.ts";

/** Stages on workbenches that the sandbox service lends: under its caps, and swept by it if this program dies. */
export function createTheatre(sandboxes: Sandboxes, lines: DockerLines, pictures: Pictures): Theatre {
  return {
    async open(owner) {
      const bench = await sandboxes.borrow(owner);
      return {
        ...openStage(lines, bench, () => bench.release()),
        draw: async () => showStacks(pictures, await ownStacks(sandboxes, bench.owner)),
      };
    },
    version: async () => (await sandboxes.engine.system.info()).version,
  };
}

/** A stage that plays its lines as `who`, and lets go by `release` after everything of theirs is removed. */
export function openStage(lines: DockerLines, who: LineOwner, release: () => Promise<void>): Stage {
  return {
    async run(line, signal) {
      const { output, exitCode, refused } = await lines.run(line, who, { signal });
      return { output: refused ? `${output}${refused.why}` : output, exitCode };
    },
    async clear() {
      try {
        await lines.removeAll(who.owner);
      } finally {
        await release();
      }
    },
  };
}
