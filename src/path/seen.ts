import type { Store, Tx } from "../store/store.ts";

/** What was looked at: a card that was read, or an experiment that was watched to its end. */
export type SeenKind = "concept" | "experiment";

declare module "../store/store.ts" {
  interface Tables {
    /** When a person first looked at something of the path. */
    path_seen: { person: string; kind: string; item: string; at: number };
  }
}

/** The ids of what a person has looked at. */
export async function seenBy(store: Store, person: string): Promise<Record<SeenKind, Set<string>>> {
  const rows = await store.read.selectFrom("path_seen").select(["kind", "item"]).where("person", "=", person).execute();
  const of = (wanted: SeenKind) => new Set(rows.filter(({ kind }) => kind === wanted).map(({ item }) => item));
  return { concept: of("concept"), experiment: of("experiment") };
}

/** Notes what a person looks at; what was noted before stays as it was. */
export async function noteSeen(store: Store, person: string, kind: SeenKind, item: string): Promise<void> {
  const known = await store.read
    .selectFrom("path_seen")
    .select("at")
    .where("person", "=", person)
    .where("kind", "=", kind)
    .where("item", "=", item)
    .executeTakeFirst();
  if (known) return;
  await store.write((tx) =>
    tx
      .insertInto("path_seen")
      .values({ person, kind, item, at: store.now() })
      .onConflict((conflict) => conflict.columns(["person", "kind", "item"]).doNothing())
      .execute(),
  );
}

/** Forgets what a person has looked at. */
export async function forgetSeen(tx: Tx, person: string): Promise<void> {
  await tx.deleteFrom("path_seen").where("person", "=", person).execute();
}
