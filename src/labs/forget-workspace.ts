import type { GoneWorkspace } from "../store/gone-workspace.ts";
import type { Tx } from "../store/store.ts";
import "./progress.ts";

/** Deletes how far people of a workspace are, where they are known nowhere else. */
export async function forgetLabs(tx: Tx, { people }: GoneWorkspace): Promise<void> {
  await tx.deleteFrom("lab_progress").where("person", "like", people).execute();
}
