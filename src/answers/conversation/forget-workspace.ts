import type { GoneWorkspace } from "../../store/gone-workspace.ts";
import type { Tx } from "../../store/store.ts";
import "./tables.ts";

/** Deletes what people of a workspace and the tutor last talked about. */
export async function forgetConversations(tx: Tx, { key }: GoneWorkspace): Promise<void> {
  await tx.deleteFrom("conversation").where("workspace", "=", key).execute();
}
