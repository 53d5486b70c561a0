import { quote } from "../../core/dispatch.ts";
import { moment } from "../../core/moment.ts";
import { button, controls, press, type Reply, reply, text } from "../../core/reply.ts";
import { limits } from "../../engine/limits.ts";
import { afterCommit } from "../../store/scope.ts";
import type { Tx } from "../../store/store.ts";
import { minutes } from "../minutes.ts";
import type { Parts } from "../parts.ts";
import { endRow, findRow, placeOf, type SandboxRow } from "./rows.ts";

const endKind = "sandbox-end";
const warnKind = "sandbox-warning";

/** When sandboxes end, and what is said before and then. */
export interface Expiry {
  /** When a sandbox ends if nothing more is done in it. */
  endOf(row: Pick<SandboxRow, "used_at" | "ends_at">): number;
  /** Sets or moves a sandbox's timers. */
  set(tx: Tx, row: SandboxRow): Promise<void>;
  cancel(tx: Tx, learner: string): Promise<void>;
}

/** Says what the timers of sandboxes do; `forget` is called with a row that has ended, after it is off the store. */
export function createExpiry(
  parts: Pick<Parts, "timers" | "settings" | "now" | "announce">,
  forget: (row: SandboxRow) => void,
): Expiry {
  const { timers, settings, now } = parts;

  const endOf = (row: Pick<SandboxRow, "used_at" | "ends_at">): number =>
    Math.min(row.used_at + settings.idle, row.ends_at);

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
    afterCommit(tx, () => forget(row));
  });

  function warning(row: SandboxRow): Reply {
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

  return {
    endOf,
    async set(tx, row) {
      const payload = row.learner;
      await timers.set(tx, { id: `${endKind}:${row.learner}`, kind: endKind, dueAt: endOf(row), payload });
      await timers.set(tx, {
        id: `${warnKind}:${row.learner}`,
        kind: warnKind,
        dueAt: endOf(row) - limits.warning,
        payload,
      });
    },
    async cancel(tx, learner) {
      await timers.cancel(tx, `${endKind}:${learner}`);
      await timers.cancel(tx, `${warnKind}:${learner}`);
    },
  };
}
