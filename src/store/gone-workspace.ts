import type { Store, Tx } from "./store.ts";

/** A workspace that removed the bot, in the shapes in which tables name it. */
export interface GoneWorkspace {
  platform: string;
  /** The platform's own name, for example `T1234`. */
  id: string;
  /** For example `slack:T1234`. */
  key: string;
  /** A `like` pattern of the people who exist in this workspace alone; where people are the same everywhere it matches nobody. */
  people: string;
}

/** Deletes what one part keeps of a workspace; in the transaction that deletes everything else. */
export type ForgetWorkspace = (tx: Tx, workspace: GoneWorkspace) => Promise<void>;

/** Names a workspace. Throws for what no platform calls one: it becomes part of a pattern. */
export function goneWorkspace(platform: string, id: string): GoneWorkspace {
  if (!/^[A-Za-z0-9]+$/.test(id)) throw new Error("a workspace's id is letters and digits");
  const key = `${platform}:${id}`;
  return { platform, id, key, people: `${key}:%` };
}

/** Deletes everything the parts keep of a workspace, or nothing when one fails. */
export async function forgetWorkspace(
  store: Store,
  parts: readonly ForgetWorkspace[],
  workspace: GoneWorkspace,
): Promise<void> {
  await store.write(async (tx) => {
    for (const forget of parts) await forget(tx, workspace);
  });
}
