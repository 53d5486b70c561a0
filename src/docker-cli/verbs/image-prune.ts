import { z } from "zod";
import { isEngineError } from "../../engine/engine-error.ts";
import { words, yes } from "../flags.ts";
import { humanSize } from "../human.ts";
import { LineRefusal } from "../line-refusal.ts";
import { ownBytes } from "../own-bytes.ts";
import { defineLine } from "../session.ts";

export const imagePrune = defineLine({
  name: "image prune",
  usage: "docker image prune [OPTIONS]",
  summary: "Remove unused images",
  flags: z.object({ all: yes("a"), force: yes("f"), filter: words() }),
  args: [0, 0],
  async run({ flags }, session) {
    if (flags.filter.length)
      throw new LineRefusal(
        "`docker image prune` takes no filter here; it removes your images without a name.",
        "dangling-images",
      );
    const { holdings, engine, names } = session;
    const used = new Set((await holdings.containers()).map(({ imageId }) => imageId));
    const removed: string[] = [];
    const before = await sizeOfAll(session);
    for (const image of await holdings.images()) {
      const targets = flags.all ? image.references.filter((one) => names.shownImage(one) !== undefined) : [];
      const dangling = image.own && image.shown.length === 0;
      if (used.has(image.id) || !(dangling || targets.length)) continue;
      try {
        for (const target of dangling ? [image.id] : targets) {
          for (const step of (await engine.images.remove(target)).steps) {
            if ("deleted" in step) removed.push(`deleted: ${step.deleted}`);
            else
              removed.push(...[names.shownImage(step.untagged)].flatMap((name) => (name ? [`untagged: ${name}`] : [])));
          }
        }
      } catch (error) {
        // Something else is built on it.
        if (!isEngineError(error, "in-use", "conflict", "not-found")) throw error;
      }
    }
    if (removed.length) session.out.line(["Deleted Images:", ...removed, ""].join("\n"));
    session.out.line(`Total reclaimed space: ${humanSize(Math.max(0, before - (await sizeOfAll(session))), 4)}`);
    if (!flags.force) session.note("The real program asks “Are you sure?” first, unless you say `-f`.");
    return 0;
  },
});

async function sizeOfAll({ holdings }: Parameters<typeof imagePrune.run>[1]): Promise<number> {
  return ownBytes(await holdings.images({ all: true }));
}
