import type { Person, Place } from "../../core/context.ts";
import { UserError } from "../../core/errors.ts";
import { button, press } from "../../core/reply.ts";
import { reserve, type SandboxRow } from "../life/rows.ts";
import type { Parts } from "../parts.ts";
import type { StartNews } from "../service.ts";

/** How long somebody may wait in line (ms): less than the platforms let an answer be edited. */
const longestWait = 10 * 60_000;

/** Who gets a sandbox when. */
export function createAdmission(parts: Parts, endOf: (row: Pick<SandboxRow, "used_at" | "ends_at">) => number) {
  const { store, settings, now } = parts;

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

  return { newRow, waitForRoom };
}
