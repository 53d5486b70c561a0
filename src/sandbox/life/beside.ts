import { randomBytes } from "node:crypto";
import type { Person, Place } from "../../core/context.ts";
import { UserError } from "../../core/errors.ts";
import type { Parts } from "../parts.ts";
import type { SandboxView } from "../service.ts";
import { findPerson } from "./find-person.ts";
import { type Life, noSandbox } from "./life.ts";

/** An offer counts for this long (ms). */
const offerTime = 10 * 60_000;

/** Two learners look at their containers side by side; the one who is asked must agree first. */
export function createBeside({ store, now }: Parts, life: Life) {
  return {
    async offer(person: Person, place: Place, asked: string): Promise<{ id: string; asked: SandboxView }> {
      const mine = await life.find(person.id);
      if (mine?.state !== "ready") throw noSandbox();
      const others = (
        await store.read
          .selectFrom("sandbox")
          .selectAll()
          .where("workspace", "=", `${place.platform}:${place.workspace}`)
          .where("state", "=", "ready")
          .execute()
      ).filter(({ learner }) => learner !== person.id);
      const other = findPerson(others, asked, "sandbox beside");
      const id = randomBytes(8).toString("hex");
      await store.write(async (tx) => {
        await tx
          .deleteFrom("sandbox_offer")
          .where("at", "<", now() - offerTime)
          .execute();
        await tx.deleteFrom("sandbox_offer").where("asker", "=", person.id).execute();
        await tx
          .insertInto("sandbox_offer")
          .values({ id, asker: person.id, asked: other.learner, at: now() })
          .execute();
      });
      return { id, asked: life.viewOf(other) };
    },

    async agree(person: Person, place: Place, id: string): Promise<[SandboxView, SandboxView]> {
      const offer = await store.read.selectFrom("sandbox_offer").selectAll().where("id", "=", id).executeTakeFirst();
      if (!offer || offer.at < now() - offerTime)
        throw new UserError("This offer has run out. Ask again with `sandbox beside` and the person's name.");
      if (offer.asked !== person.id) throw new UserError("Only the person who was asked can agree to this.");
      const [asker, asked] = await Promise.all([life.find(offer.asker), life.find(offer.asked)]);
      const here = `${place.platform}:${place.workspace}`;
      if ([asker, asked].some((row) => row && row.workspace !== here))
        throw new UserError(
          "That offer was made in another server or workspace, so nothing is shown here. Agree where you were asked.",
        );
      await store.write((tx) => tx.deleteFrom("sandbox_offer").where("id", "=", id).execute());
      if (asker?.state !== "ready" || asked?.state !== "ready")
        throw new UserError("One of the two sandboxes has ended since, so there is nothing to put side by side.");
      return [life.viewOf(asker), life.viewOf(asked)];
    },
  };
}
