import type { GoneWorkspace } from "../store/gone-workspace.ts";
import type { Tx } from "../store/store.ts";
import "./seen.ts";

/** Deletes what people of a workspace have looked at, where they are known nowhere else. */
export async function forgetPath(tx: Tx, { people }: GoneWorkspace): Promise<void> {
  await tx.deleteFrom("path_seen").where("person", "like", people).execute();
}
