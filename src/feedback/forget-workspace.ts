import type { GoneWorkspace } from "../store/gone-workspace.ts";
import type { Tx } from "../store/store.ts";
import "./tables.ts";

/** Deletes what people of a workspace said about answers and asked in vain. */
export async function forgetFeedback(tx: Tx, { key }: GoneWorkspace): Promise<void> {
  await tx.deleteFrom("feedback").where("workspace", "=", key).execute();
  await tx.deleteFrom("unanswered").where("workspace", "=", key).execute();
}
