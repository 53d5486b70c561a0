import { sql } from "kysely";
import type { Log } from "../core/log.ts";
import type { GoneWorkspace } from "../store/gone-workspace.ts";
import type { Store, Tx } from "../store/store.ts";
import "../store/timers.ts";
import "./life/rows.ts";
import type { Sandboxes } from "./service.ts";

/** Ends the sandboxes of a workspace's learners. What the engine does not remove now, because it is away, the sweep removes later. */
export async function endSandboxesOf(
  { key }: GoneWorkspace,
  { store, sandboxes, log }: { store: Store; sandboxes: Pick<Sandboxes, "stop"> | undefined; log: Log },
): Promise<void> {
  if (!sandboxes) return;
  const rows = await store.read.selectFrom("sandbox").select("learner").where("workspace", "=", key).execute();
  for (const { learner } of rows) {
    await sandboxes
      .stop(learner, "the workspace removed the bot")
      .catch((error: unknown) => log.warn("a sandbox of a workspace that left was not removed yet", { error }));
  }
}

/** Deletes what is kept of a workspace's sandboxes. */
export async function forgetSandboxes(tx: Tx, { key, people }: GoneWorkspace): Promise<void> {
  for (const kind of ["sandbox-end", "sandbox-warning"])
    await tx
      .deleteFrom("timer")
      .where("id", "in", (row) =>
        row
          .selectFrom("sandbox")
          .select(sql<string>`${`${kind}:`} || learner`.as("id"))
          .where("workspace", "=", key),
      )
      .execute();
  await tx.deleteFrom("sandbox").where("workspace", "=", key).execute();
  await tx.deleteFrom("sandbox_past").where("learner", "like", people).execute();
  await tx
    .deleteFrom("sandbox_offer")
    .where((row) => row.or([row("asker", "like", people), row("asked", "like", people)]))
    .execute();
}
