import { z } from "zod";
import { quote } from "../../core/dispatch.ts";
import { findImage, forEachName } from "../each.ts";
import { yes } from "../flags.ts";
import { LineRefusal } from "../line-refusal.ts";
import { removeOwnImage } from "../remove-image.ts";
import { defineLine } from "../session.ts";

export const rmi = defineLine({
  name: "rmi",
  also: ["image rm", "image remove"],
  usage: "docker rmi [OPTIONS] IMAGE [IMAGE...]",
  summary: "Remove one or more images",
  flags: z.object({ force: yes("f"), "no-prune": yes() }),
  args: [1, 20],
  completes: "image",
  async run({ flags, args }, session) {
    const { exitCode } = await forEachName(session, args, async (typed) => {
      const found = await findImage(session, typed);
      const named = found.reference !== found.id && session.names.shownImage(found.reference) !== undefined;
      if (!found.own && !named)
        throw new LineRefusal(
          `${quote(typed)} is the image that everybody here shares, so it stays. Names you gave it yourself can go.`,
          "remove-image-in-use",
        );
      await removeOwnImage(session, typed, found, { named, force: flags.force, keepParents: flags["no-prune"] });
      return undefined;
    });
    return exitCode;
  },
});
