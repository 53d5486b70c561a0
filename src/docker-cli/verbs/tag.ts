import { z } from "zod";
import { CliError } from "../../engine/cli-error.ts";
import { limits } from "../../engine/limits.ts";
import { type Reference, readReference, withTag } from "../../engine/names.ts";
import { findImage } from "../each.ts";
import { LineRefusal } from "../line-refusal.ts";
import { defineLine, type Session } from "../session.ts";

export const tag = defineLine({
  name: "tag",
  also: ["image tag"],
  usage: "docker tag SOURCE_IMAGE[:TAG] TARGET_IMAGE[:TAG]",
  summary: "Create a tag TARGET_IMAGE that refers to SOURCE_IMAGE",
  flags: z.object({}),
  args: [2, 2],
  completes: "image",
  async run({ args: [source = "", target = ""] }, session) {
    let wanted: Reference;
    try {
      wanted = readReference(target);
    } catch (error) {
      if (error instanceof CliError)
        throw new CliError(
          `Error parsing reference: ${JSON.stringify(target)} is not a valid repository/tag: ${error.message}`,
        );
      throw error;
    }
    const { id } = await findImage(session, source);
    await checkNames(session, withTag(wanted));
    const internal = session.names.image({ repository: wanted.repository });
    await session.engine.images.tag(id, internal, wanted.tag ?? "latest");
    return 0;
  },
});

/** Throws {@link LineRefusal} when the learner has as many image names as a sandbox holds. */
export async function checkNames(session: Session, added: string): Promise<void> {
  const names = (await session.holdings.images()).flatMap(({ shown }) => shown);
  const most = 2 * limits.imagesPerLearner;
  if (names.length >= most && !names.includes(added))
    throw new LineRefusal(
      `You have ${most} image names, which is as many as a sandbox holds. Take some away with \`docker rmi\`.`,
      "disk-cleanup",
    );
}
