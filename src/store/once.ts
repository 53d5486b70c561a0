import type { Once, Store, Tx } from "./store.ts";

/** Writes the event's key in the transaction of its effect, so that of two deliveries exactly one has the effect. */
export async function once<T>(
  write: Store["write"],
  now: () => number,
  event: string,
  work: (tx: Tx) => Promise<T>,
): Promise<Once<T>> {
  return write(async (tx) => {
    const first = await tx
      .insertInto("event")
      .values({ key: event, at: now(), outcome: null })
      .onConflict((conflict) => conflict.doNothing())
      .returning("key")
      .executeTakeFirst();
    if (!first) {
      const { outcome } = await tx
        .selectFrom("event")
        .select("outcome")
        .where("key", "=", event)
        .executeTakeFirstOrThrow();
      return { again: true, value: (outcome === null ? undefined : JSON.parse(outcome)) as T };
    }
    const value = await work(tx);
    const outcome = JSON.stringify(value);
    if (outcome !== undefined) await tx.updateTable("event").set({ outcome }).where("key", "=", event).execute();
    return { again: false, value };
  });
}
