import { randomBytes } from "node:crypto";
import { type Kysely, sql } from "kysely";
import type { Person } from "../../core/context.ts";
import type { Tables, Tx } from "../../store/store.ts";
import "../tables.ts";
import { dayOf } from "./streak.ts";

/** Notes that somebody answered at `at`: their name as it is now, and the streak of days. */
export async function meetLearner(tx: Tx, person: Person, at: number): Promise<void> {
  const today = dayOf(at);
  const yesterday = dayOf(at - 86_400_000);
  await tx
    .insertInto("learner")
    .values({
      id: person.id,
      name: person.name,
      named: 0,
      alias: randomBytes(3).toString("hex"),
      days: 1,
      day: today,
      level: "easy",
      run: 0,
      at,
    })
    .onConflict((conflict) =>
      conflict.column("id").doUpdateSet({
        name: person.name,
        days: sql<number>`case when learner.day >= ${today} then learner.days when learner.day = ${yesterday} then learner.days + 1 else 1 end`,
        day: sql<string>`case when learner.day > ${today} then learner.day else ${today} end`,
      }),
    )
    .execute();
}

/** Lets the person's name be shown on scoreboards, or no longer. */
export async function setNamed(tx: Tx, person: Person, named: boolean, at: number): Promise<void> {
  await tx
    .insertInto("learner")
    .values({
      id: person.id,
      name: person.name,
      named,
      alias: randomBytes(3).toString("hex"),
      days: 0,
      day: "",
      level: "easy",
      run: 0,
      at,
    })
    .onConflict((conflict) => conflict.column("id").doUpdateSet({ named, name: person.name }))
    .execute();
}

/** The name of somebody who lets it be shown, else null. */
export async function shownNameOf(db: Kysely<Tables>, learner: string): Promise<string | null> {
  const row = await db.selectFrom("learner").select(["name", "named"]).where("id", "=", learner).executeTakeFirst();
  return row?.named ? row.name : null;
}
