import { randomBytes } from "node:crypto";
import type { Person, Place } from "../../core/context.ts";
import { UserError } from "../../core/errors.ts";
import { button, press } from "../../core/reply.ts";
import { limits } from "../../engine/limits.ts";
import { createNames } from "../../engine/names.ts";
import { labelPrefix } from "../../engine/policy.ts";
import { labelFilters, removeThings } from "../guard/sweep.ts";
import type { Parts } from "../parts.ts";
import type { Sandboxes } from "../service.ts";
import { readably } from "../trouble.ts";
import type { Life } from "./life.ts";
import { findRow } from "./rows.ts";

/** Where `docker` lines are typed: learners' benches, and lent ones for demonstrations. */
export type Workbenches = Pick<
  Sandboxes,
  "workbench" | "borrow" | "createContainer" | "labelsOf" | "imageLabels" | "namesOf"
>;

/** See {@link Workbenches}. `needReady` throws when the engine cannot be used. */
export function createWorkbenches(parts: Parts, life: Life, needReady: () => void): Workbenches {
  const { engine, store, instance, slots, pool, borrowed, places } = parts;
  const lent = new Set<string>();

  /** Removes what was made for somebody who stopped their sandbox meanwhile: whoever ended it saw only what was there before. */
  async function unlessEnded(owner: string, id: string): Promise<string> {
    if (lent.has(owner) || (await findRow(store.read, owner))) return id;
    await pool.remove(id);
    throw new UserError("Your sandbox was removed in the middle of this. Nothing of it is left.", [
      button("Start a sandbox", press("sandbox start")),
    ]);
  }

  return {
    async workbench(person: Person, place: Place) {
      needReady();
      const row = await readably(() => life.openBench(person, place));
      return {
        owner: person.id,
        slot: row.line_slot ?? 0,
        ...(row.state === "ready" && { sandbox: life.viewOf(row) }),
      };
    },
    async borrow(name) {
      needReady();
      const owner = `${name}:${randomBytes(6).toString("hex")}`;
      const slot = slots.take();
      try {
        await borrowed.add(owner);
      } catch (error) {
        slots.release(slot);
        throw error;
      }
      lent.add(owner);
      return {
        owner,
        slot,
        async release() {
          try {
            await readably(() => removeThings(parts, owner));
          } finally {
            lent.delete(owner);
            slots.release(slot);
            await borrowed.remove(owner);
          }
        },
      };
    },
    async createContainer(spec) {
      needReady();
      const mine = [...labelFilters(instance, spec.owner ?? ""), `${labelPrefix}purpose=line`];
      // The steps of a build come and go by themselves.
      const many = spec.purpose === "line" ? (await engine.containers.list({ labels: mine })).length : 0;
      if (many >= limits.containersPerLearner)
        throw new UserError(
          `You have ${many} containers, and ${limits.containersPerLearner} at a time is the limit here. Remove one first: \`docker ps -a\` shows them, \`docker rm\` removes them.`,
        );
      if (spec.owner !== undefined) await places.rested(spec.owner);
      const id = await pool.create(spec);
      return spec.owner === undefined ? id : unlessEnded(spec.owner, id);
    },
    labelsOf: (owner) => labelFilters(instance, owner),
    imageLabels: (owner) => ({ [`${labelPrefix}instance`]: instance, [`${labelPrefix}owner`]: owner }),
    namesOf: (owner) => createNames(instance, owner),
  };
}
