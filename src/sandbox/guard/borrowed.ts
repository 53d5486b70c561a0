import type { Store } from "../../store/store.ts";

const prefix = "bench:";

/** Demonstrations that are running, over all processes of the installation. Kept in the store, so that a crash cannot leave one that nobody sweeps. */
export interface Borrowed {
  add(owner: string): Promise<void>;
  remove(owner: string): Promise<void>;
  /** Owners whose process lives. Forgets those of processes that are gone. */
  owners(): Promise<Set<string>>;
}

/** See {@link Borrowed}. `process` is this one. */
export function createBorrowed(store: Store, process: string, alive: (process: string) => Promise<boolean>): Borrowed {
  const remove = async (owner: string): Promise<void> => {
    await store.write((tx) =>
      tx
        .deleteFrom("sandbox_host")
        .where("name", "=", prefix + owner)
        .execute(),
    );
  };
  return {
    async add(owner) {
      await store.write((tx) =>
        tx
          .insertInto("sandbox_host")
          .values({ name: prefix + owner, value: process })
          .execute(),
      );
    },
    remove,
    async owners() {
      const rows = await store.read
        .selectFrom("sandbox_host")
        .selectAll()
        .where("name", "like", `${prefix}%`)
        .execute();
      const owners = new Set<string>();
      for (const { name, value } of rows) {
        const owner = name.slice(prefix.length);
        if (value === process || (await alive(value))) owners.add(owner);
        else await remove(owner);
      }
      return owners;
    },
  };
}
