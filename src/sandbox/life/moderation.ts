import type { Person, Place } from "../../core/context.ts";
import { quote } from "../../core/dispatch.ts";
import { UserError } from "../../core/errors.ts";
import { button, controls, press, reply, text } from "../../core/reply.ts";
import type { Parts } from "../parts.ts";
import { findPerson } from "./find-person.ts";
import type { Life } from "./life.ts";
import { placeOf } from "./rows.ts";

/** Ends the sandbox of somebody in the same workspace, and tells them who did. Resolves with the learner's name. */
export async function stopByModerator(
  { store, announce }: Parts,
  life: Life,
  { moderator, place, person }: { moderator: Person; place: Place; person: string },
): Promise<string> {
  if (!moderator.moderator)
    throw new UserError(
      "Only instructors and moderators can stop somebody else's sandbox. `sandbox stop` alone removes yours.",
      [button("My sandbox", press("sandbox status"))],
    );
  const rows = await store.read
    .selectFrom("sandbox")
    .selectAll()
    .where("workspace", "=", `${place.platform}:${place.workspace}`)
    .execute();
  const { learner, name } = findPerson(rows, person, "sandbox stop");
  const ended = await life.stop(learner, `${quote(moderator.name)} stopped it, who moderates here`, async (tx, row) => {
    await announce?.(tx, {
      key: `sandbox-stopped:${row.learner}:${row.started_at}`,
      place: placeOf(row),
      reply: reply(
        text(
          `${quote(moderator.name)} stopped the sandbox of ${quote(row.name)}: it was removed with everything in it. The image is as it was.`,
        ),
        controls(button("Start a new one", press("sandbox start"))),
      ),
    });
  });
  if (!ended) throw new UserError(`The sandbox of ${quote(name)} ended just now, so there was nothing left to stop.`);
  return name;
}
