import type { GoneWorkspace } from "../store/gone-workspace.ts";
import type { Tx } from "../store/store.ts";
import "./tables.ts";

/** Deletes a workspace's rules for its channels, and who moderates there. */
export async function forgetSettings(tx: Tx, { key }: GoneWorkspace): Promise<void> {
  await tx.deleteFrom("channel_rule").where("workspace", "=", key).execute();
  await tx.deleteFrom("moderator").where("workspace", "=", key).execute();
}
