import type { Person, Place } from "../../core/context.ts";
import { UserError } from "../../core/errors.ts";
import { button, press } from "../../core/reply.ts";
import { limits } from "../../engine/limits.ts";
import type { Tx } from "../../store/store.ts";
import { sharedName } from "../guard/host.ts";
import { removeThings } from "../guard/sweep.ts";
import type { Parts } from "../parts.ts";
import { createAdmission } from "../room/admission.ts";
import type { SandboxView, StartNews } from "../service.ts";
import { explain } from "../trouble.ts";
import { createExpiry } from "./expiry.ts";
import { changeRow, endRow, findRow, reserve, type SandboxRow } from "./rows.ts";

/** Starting, keeping and ending sandboxes. */
export type Life = ReturnType<typeof createLife>;

/** See {@link Life}. Says at once what its timers do. */
export function createLife(parts: Parts) {
  const { store, settings, now, log } = parts;
  const expiry = createExpiry(parts, forgetLater);
  const { endOf } = expiry;
  const { newRow, waitForRoom } = createAdmission(parts, endOf);

  function viewOf(row: SandboxRow): SandboxView {
    return {
      learner: row.learner,
      name: row.name,
      container: row.container ?? "",
      image: row.image ?? "",
      imageName: row.image_name ?? sharedName,
      startedAt: row.started_at,
      endsAt: endOf(row),
      latestAt: row.ends_at,
      extended: row.extended === 1,
    };
  }

  async function forget(row: SandboxRow): Promise<void> {
    if (row.container) await parts.pool.remove(row.container);
    await removeThings(parts, row.learner);
    if (row.line_slot !== null) parts.slots.release(row.line_slot);
  }

  function forgetLater(row: SandboxRow): void {
    // What fails here, for example because the engine is away, is found by the sweep.
    forget(row)
      .catch((error) => log.warn("removal failed", { error }))
      .finally(parts.queue.poke);
  }

  async function claim(learner: string, imageName: string): Promise<SandboxRow> {
    const image = parts.host.images().get(imageName);
    const fresh = await parts.pool.take(image);
    const row = await store.write(async (tx) => {
      const at = now();
      const change = { state: "ready", container: fresh.id, image: fresh.image, image_name: imageName } as const;
      const times = { started_at: at, used_at: at, ends_at: at + settings.absolute };
      if (!(await changeRow(tx, learner, { ...change, ...times }, ["starting", "open"]))) return undefined;
      const claimed = await findRow(tx, learner);
      if (claimed) await expiry.set(tx, claimed);
      return claimed;
    });
    if (row) {
      parts.pool.settle(fresh.id);
      return row;
    }
    // Ended, or started by another event of the same person, while the container was made.
    await parts.pool.remove(fresh.id);
    const other = await findRow(store.read, learner);
    if (other?.state === "ready") return other;
    throw new UserError("Your sandbox was stopped while it was being started. Start it again when you like.", [
      button("Start a sandbox", press("sandbox start")),
    ]);
  }

  return {
    viewOf,
    endOf,
    find: (learner: string) => findRow(store.read, learner),
    forget,

    async *start(person: Person, place: Place, imageName: string, signal?: AbortSignal): AsyncGenerator<StartNews> {
      let row = await findRow(store.read, person.id);
      const reused = row?.state === "ready";
      if (!row) yield* waitForRoom(newRow(person, place, "starting"), signal);
      try {
        if (!reused) row = await claim(person.id, imageName);
      } catch (error) {
        await store.write((tx) =>
          tx.deleteFrom("sandbox").where("learner", "=", person.id).where("state", "=", "starting").execute(),
        );
        parts.queue.poke();
        throw explain(error);
      }
      if (!row) return;
      if (reused) await this.touch(row, place);
      const notice = await this.takeNotice(row);
      yield { state: "ready", view: viewOf(row), reused, ...(notice && { notice }) };
    },

    /** A row for `docker` lines, without a container of its own. */
    async openBench(person: Person, place: Place): Promise<SandboxRow> {
      let row = await findRow(store.read, person.id);
      if (!row) {
        const got = await store.write((tx) => reserve(tx, newRow(person, place, "open"), settings));
        if (got === "full" || got === "workspace-full")
          throw new UserError("Every sandbox is in use. `sandbox start` puts you in line for the next one.", [
            button("Wait in line", press("sandbox start"), "primary"),
          ]);
        row = await findRow(store.read, person.id);
      }
      if (!row) throw new UserError("Your sandbox was stopped just now. Please try again.");
      if (row.line_slot !== null) return this.touch(row, place);
      const slot = parts.slots.take();
      const mine = await store.write(async (tx) => {
        const { numUpdatedRows } = await tx
          .updateTable("sandbox")
          .set({ line_slot: slot })
          .where("learner", "=", person.id)
          .where("line_slot", "is", null)
          .executeTakeFirst();
        return numUpdatedRows > 0n;
      });
      if (!mine) parts.slots.release(slot);
      return this.touch((await findRow(store.read, person.id)) ?? row, place);
    },

    /** Notes that it was used just now, which moves its idle end. */
    async touch(row: SandboxRow, place?: Place): Promise<SandboxRow> {
      const used = { ...row, used_at: now(), ...(place && { place: JSON.stringify(place) }) };
      await store.write(async (tx) => {
        const { used_at, place: where } = used;
        if (await changeRow(tx, row.learner, { used_at, place: where })) await expiry.set(tx, used);
      });
      return used;
    },

    /** What the learner has not been told yet; told once. */
    async takeNotice(row: SandboxRow): Promise<string | undefined> {
      const current = row.notice ?? (await findRow(store.read, row.learner))?.notice;
      if (!current) return undefined;
      await store.write((tx) => changeRow(tx, row.learner, { notice: null }));
      return current;
    },

    async extend(learner: string): Promise<SandboxRow> {
      return store.write(async (tx) => {
        const row = await findRow(tx, learner);
        if (!row) throw noSandbox();
        if (row.extended === 1)
          throw new UserError(
            "It was kept longer once already; twice is not possible. You can start a new one when it ends.",
          );
        const at = now();
        const change = { extended: 1, used_at: at, ends_at: Math.max(row.ends_at, endOf(row) + limits.extension) };
        await changeRow(tx, learner, change);
        await expiry.set(tx, { ...row, ...change });
        return { ...row, ...change };
      });
    },

    /** Ends it now; false when there is none. `also` is written together with its end. */
    async stop(
      learner: string,
      why = "you stopped it",
      also?: (tx: Tx, row: SandboxRow) => Promise<void>,
    ): Promise<boolean> {
      const row = await store.write(async (tx) => {
        const ended = await endRow(tx, learner, why, now());
        if (!ended) return undefined;
        await expiry.cancel(tx, learner);
        await also?.(tx, ended);
        return ended;
      });
      if (!row) return false;
      try {
        await forget(row);
      } finally {
        parts.queue.poke();
      }
      return true;
    },
  };
}

/** Said to somebody who has none. */
export function noSandbox(): UserError {
  return new UserError("You have no sandbox right now. Start one: it takes a moment.", [
    button("Start a sandbox", press("sandbox start"), "primary"),
  ]);
}
