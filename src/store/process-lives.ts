import { processLease } from "./leases.ts";
import { isGone } from "./owner.ts";
import type { Store } from "./store.ts";

/** Whether the process of that name, as leases have it, still gives signs of life. */
export async function processLives(store: Store, owner: string): Promise<boolean> {
  if (isGone(owner)) return false;
  const lease = await store.read
    .selectFrom("lease")
    .select("until")
    .where("name", "=", processLease + owner)
    .executeTakeFirst();
  return lease !== undefined && lease.until > store.now();
}
