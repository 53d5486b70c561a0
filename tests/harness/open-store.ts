import { parts } from "../../src/parts.ts";
import { migrationsOf } from "../../src/store/part.ts";
import { openStore as open, type Store, type StoreOptions } from "../../src/store/store.ts";

/** Every step of the schema of this version. */
export const migrations = migrationsOf(parts);

/** Opens a store with all tables of the bot. */
export function openStore(options: Omit<StoreOptions, "migrations"> = {}): Promise<Store> {
  return open({ migrations, ...options });
}
