import type { Person, Place } from "../core/context.ts";
import { quote } from "../core/dispatch.ts";
import { UserError } from "../core/errors.ts";
import { moment } from "../core/moment.ts";
import { button, controls, press, reply, text } from "../core/reply.ts";
import { afterCommit } from "../store/scope.ts";
import type { Tx } from "../store/store.ts";
import { sharedName } from "./host.ts";
import { limits } from "./limits.ts";
import type { Parts } from "./parts.ts";
import { changeRow, endRow, findRow, placeOf, reserve, type SandboxRow } from "./rows.ts";
import type { SandboxView, StartNews } from "./service.ts";
import { removeThings } from "./sweep.ts";
import { explain } from "./trouble.ts";

/** Starting, keeping and ending sandboxes. */
export type Life = ReturnType<typeof createLife>;

const endKind = "sandbox-end";
const warnKind = "sandbox-warning";
/** How long somebody may wait in line (ms): less than the platforms let an answer be edited. */
const longestWait = 10 * 60_000;

/** See {@link Life}. Says at once what its timers do. */
export function createLife(parts: Parts) {
  const { store, timers, settings, now, log } = parts;

  const endOf = (row: Pick<SandboxRow, "used_at" | "ends_at">): number =>
    Math.min(row.used_at + settings.idle, row.ends_at);

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

  async function setTimers(tx: Tx, row: SandboxRow): Promise<void> {
    const payload = row.learner;
    await timers.set(tx, { id: `${endKind}:${row.learner}`, kind: endKind, dueAt: endOf(row), payload });
    await timers.set(tx, {
      id: `${warnKind}:${row.learner}`,
      kind: warnKind,
      dueAt: endOf(row) - limits.warning,
      payload,
    });
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

  timers.on(warnKind, async ({ payload }, tx) => {
    const row = await findRow(tx, String(payload));
    if (!row || row.state === "starting") return;
    const dueAt = endOf(row) - limits.warning;
    if (dueAt > now()) return timers.set(tx, { id: `${warnKind}:${row.learner}`, kind: warnKind, dueAt, payload });
    await parts.announce?.(tx, {
      key: `${warnKind}:${row.learner}:${endOf(row)}`,
      place: placeOf(row),
      reply: warning(row),
    });
  });

  timers.on(endKind, async ({ payload }, tx) => {
    const row = await findRow(tx, String(payload));
    if (!row) return;
    const dueAt = endOf(row);
    if (dueAt > now()) return timers.set(tx, { id: `${endKind}:${row.learner}`, kind: endKind, dueAt, payload });
    const why =
      row.ends_at <= row.used_at + settings.idle
        ? `its time of ${minutes(settings.absolute)} was over`
        : `nothing was done in it for ${minutes(settings.idle)}`;
    await endRow(tx, row.learner, why, now());
    await parts.announce?.(tx, {
      key: `${endKind}:${row.learner}:${row.started_at}`,
      place: placeOf(row),
      reply: reply(
        text(
          `The sandbox of ${quote(row.name)} was removed with everything in it, because ${why}. The image is as it was.`,
        ),
        controls(button("Start a new one", press("sandbox start"))),
      ),
    });
    afterCommit(tx, () => forgetLater(row));
  });

  function warning(row: SandboxRow) {
    return reply(
      text(
        `The sandbox of ${quote(row.name)} ends at ${moment(endOf(row))}: then its container is removed with all changes in it.`,
      ),
      controls(
        row.extended === 0 && button("Keep 20 min more", press("sandbox extend"), "primary"),
        button("Stop it now", press("sandbox stop"), "danger"),
      ),
    );
  }

  function newRow(person: Person, place: Place, state: SandboxRow["state"]): SandboxRow {
    const at = now();
    return {
      learner: person.id,
      name: person.name,
      workspace: `${place.platform}:${place.workspace}`,
      place: JSON.stringify(place),
      host: parts.engine.host,
      state,
      container: null,
      line_slot: null,
      image: null,
      image_name: null,
      started_at: at,
      used_at: at,
      ends_at: at + settings.absolute,
      extended: 0,
      notice: null,
    };
  }

  /** Takes room for a learner, waiting in line for it. */
  async function* waitForRoom(row: SandboxRow, signal: AbortSignal | undefined): AsyncGenerator<StartNews, void> {
    const ticket = parts.queue.join();
    const until = now() + longestWait;
    try {
      for (let said = -1; ; ) {
        if (signal?.aborted) throw new UserError("You left the line for a sandbox. Nothing was started.");
        if (ticket.turn()) {
          const got = await store.write((tx) => reserve(tx, { ...row, started_at: now(), used_at: now() }, settings));
          if (got === "new" || got === "had") return;
          if (got === "workspace-full") ticket.yieldTurn();
          else ticket.full();
        }
        if (!ticket.mustWait()) {
          await ticket.changed(1000);
          continue;
        }
        if (now() > until)
          throw new UserError("Every sandbox is still in use, so I stopped waiting for you. Please try again later.", [
            button("Try again", press("sandbox start")),
          ]);
        const ahead = ticket.ahead();
        if (ahead !== said) yield { state: "queued", ahead, about: await estimate(ahead) };
        said = ahead;
        await ticket.changed(5000);
      }
    } finally {
      ticket.leave();
    }
  }

  /** When the sandbox ends that makes room for whoever has so many ahead (ms from now), at the latest. */
  async function estimate(ahead: number): Promise<number> {
    const rows = await store.read.selectFrom("sandbox").select(["used_at", "ends_at"]).execute();
    const ends = rows.map(endOf).sort((a, b) => a - b);
    return Math.max(0, (ends[Math.min(ahead, ends.length - 1)] ?? now()) - now());
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
      if (claimed) await setTimers(tx, claimed);
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
        if (await changeRow(tx, row.learner, { used_at, place: where })) await setTimers(tx, used);
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
        await setTimers(tx, { ...row, ...change });
        return { ...row, ...change };
      });
    },

    /** Ends it now; false when there is none. */
    async stop(learner: string, why = "you stopped it"): Promise<boolean> {
      const row = await store.write(async (tx) => {
        const ended = await endRow(tx, learner, why, now());
        if (!ended) return undefined;
        await timers.cancel(tx, `${endKind}:${learner}`);
        await timers.cancel(tx, `${warnKind}:${learner}`);
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

/** A length of time in whole minutes, for people. */
export function minutes(milliseconds: number): string {
  const count = Math.max(1, Math.round(milliseconds / 60_000));
  return count === 1 ? "1 minute" : `${count} minutes`;
}
