import type { GoneWorkspace } from "./gone-workspace.ts";
import "./inbox.ts";
import "./outbox.ts";
import type { Tx } from "./store.ts";

/** Deletes what came in from a workspace, what waits to be sent there, and which of its messages were handled. */
export async function forgetTraffic(tx: Tx, { platform, id, key }: GoneWorkspace): Promise<void> {
  await tx.deleteFrom("inbox").where("workspace", "=", key).execute();
  await tx
    .deleteFrom("outbox")
    .where("platform", "=", platform)
    .where("lane", "like", `${JSON.stringify([platform, id]).slice(0, -1)},%`)
    .execute();
  await tx.deleteFrom("event").where("key", "like", `${platform}:%:${id}:%`).execute();
}
