import { CliError, daemonError } from "../engine/cli-error.ts";
import { EngineError } from "../engine/engine-error.ts";
import { engineText } from "./each.ts";
import type { OwnImage } from "./holdings.ts";
import type { Session } from "./session.ts";
import { shortId } from "./table.ts";

/** Removes an image of the learner, or one name of it, and prints what went. Throws {@link CliError} in the engine's words. */
export async function removeOwnImage(
  session: Session,
  typed: string,
  image: OwnImage & { reference: string },
  { named = false, force = false, keepParents = false },
): Promise<void> {
  const { images } = session.engine;
  const target = named ? image.reference : image.id;
  try {
    const { steps } = await images.remove(target, { force, keepParents });
    for (const step of steps) {
      const untagged = "untagged" in step ? session.names.shownImage(step.untagged) : undefined;
      if (untagged !== undefined) session.out.line(`Untagged: ${untagged}`);
      if ("deleted" in step) session.out.line(`Deleted: ${step.deleted}`);
    }
  } catch (error) {
    if (!(error instanceof EngineError) || error.kind === "unreachable") throw error;
    // The engine repeats the name it was asked for, which is not the one the learner typed.
    const said = engineText(session, error).replace(
      `unable to delete ${shortId(image.id)}`,
      `unable to delete ${shortId(image.id)}`,
    );
    throw named
      ? new CliError(daemonError(said).message.replace(/reference "[^"]*"/, `reference ${JSON.stringify(typed)}`))
      : daemonError(said);
  }
}
