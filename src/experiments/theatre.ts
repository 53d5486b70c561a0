import { UserError } from "../core/errors.ts";
import type { DockerLines, LineOwner } from "../docker-cli/docker-lines.ts";
import { showStacks } from "../pictures/layer-picture.ts";
import { ownStacks } from "../pictures/own-stacks.ts";
import type { Pictures } from "../pictures/pictures.ts";
import type { Sandboxes } from "../sandbox/service.ts";
import type { Stage, Theatre } from "./stage.ts";

/** Stages on workbenches that the sandbox service lends: under its caps, and swept by it if this program dies. */
export function createTheatre(
  sandboxes: Sandboxes,
  lines: DockerLines,
  pictures: Pictures,
): Theatre & {
  /** Clears every stage that is still open, whether its audience is still there or not. */
  close(): Promise<void>;
} {
  const open = new Set<Stage>();
  return {
    async open(owner) {
      const readiness = sandboxes.readiness();
      if (readiness.state === "preparing")
        throw new UserError(`${readiness.why} Run it again in a moment to see it live.`);
      const bench = await sandboxes.borrow(owner);
      const stage = openStage(lines, bench, async () => {
        open.delete(stage);
        await bench.release();
      });
      open.add(stage);
      return { ...stage, draw: async () => showStacks(pictures, await ownStacks(sandboxes, bench.owner)) };
    },
    version: async () => (await sandboxes.engine.system.info()).version,
    async close() {
      // What cannot be removed now, because the engine is away, is swept at the next start.
      await Promise.allSettled([...open].map((stage) => stage.clear()));
    },
  };
}

/** A stage that plays its lines as `who`, and lets go by `release` after everything of theirs is removed. */
export function openStage(lines: DockerLines, who: LineOwner, release: () => Promise<void>): Stage {
  let cleared: Promise<void> | undefined;
  return {
    async run(line, signal) {
      const { output, exitCode, refused } = await lines.run(line, who, { signal });
      return { output: refused ? `${output}${refused.why}` : output, exitCode };
    },
    clear() {
      cleared ??= lines.removeAll(who.owner).finally(release);
      return cleared;
    },
  };
}
