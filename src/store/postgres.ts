import type { Store, StoreOptions } from "./store.ts";
import { StoreError } from "./store-error.ts";

/** Opens the store in the PostgreSQL database at `url`. Throws a StoreError. */
export async function openPostgres(_url: string, _options: StoreOptions): Promise<Store> {
  throw new StoreError("unusable", "PostgreSQL is not wired yet.");
}
