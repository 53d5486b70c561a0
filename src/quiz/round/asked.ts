import type { Kysely } from "kysely";
import type { Tables, Tx } from "../../store/store.ts";
import "../tables.ts";

/** The same question does not come back to a channel before this, in ms. */
const restTime = 7 * 86_400_000;

/** The questions that were shown in a channel lately, by id. `now` in ms. */
export async function recentIn(
  db: Pick<Kysely<Tables>, "selectFrom">,
  channel: string,
  now: number,
): Promise<Set<string>> {
  const rows = await db
    .selectFrom("asked")
    .select("question")
    .where("channel", "=", channel)
    .where("at", ">", now - restTime)
    .execute();
  return new Set(rows.map(({ question }) => question));
}

/** Notes that a question is shown in a channel. */
export async function noteAsked(tx: Tx, channel: string, question: string, at: number): Promise<void> {
  await tx
    .insertInto("asked")
    .values({ channel, question, at })
    .onConflict((conflict) => conflict.columns(["channel", "question"]).doUpdateSet({ at }))
    .execute();
}
