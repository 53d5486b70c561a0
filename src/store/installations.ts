import type { GoneWorkspace } from "./gone-workspace.ts";
import type { Store, Tx } from "./store.ts";

declare module "./store.ts" {
  interface Tables {
    /** Where an app is installed, for example `slack:T1234`; `content` is JSON and holds the workspace's token. */
    installation: { workspace: string; content: string; at: number };
  }
}

/** Keeps what a platform hands out when a workspace installs the app. It holds secrets: never log it. */
export function createInstallations(store: Store, platform: string) {
  const name = (key: string) => `${platform}:${key}`;
  const find = (key: string) =>
    store.read.selectFrom("installation").selectAll().where("workspace", "=", name(key)).executeTakeFirst();
  return {
    /** Resolves when it is on disk; replaces an earlier one. */
    async save(key: string, installation: unknown): Promise<void> {
      const row = { content: JSON.stringify(installation), at: store.now() };
      await store.write((tx) =>
        tx
          .insertInto("installation")
          .values({ workspace: name(key), ...row })
          .onConflict((conflict) => conflict.column("workspace").doUpdateSet(row))
          .execute(),
      );
    },
    /** What was saved, or undefined. */
    async fetch(key: string): Promise<unknown> {
      const row = await find(key);
      return row && (JSON.parse(row.content) as unknown);
    },
    /** When it was saved, in ms since the epoch, or undefined. */
    since: async (key: string): Promise<number | undefined> => (await find(key))?.at,
    async remove(key: string): Promise<void> {
      await store.write((tx) => tx.deleteFrom("installation").where("workspace", "=", name(key)).execute());
    },
  };
}

/** Deletes a workspace's token. */
export async function forgetInstallation(tx: Tx, { key }: GoneWorkspace): Promise<void> {
  await tx.deleteFrom("installation").where("workspace", "=", key).execute();
}
