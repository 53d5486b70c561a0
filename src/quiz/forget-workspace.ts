import { sql } from "kysely";
import type { GoneWorkspace } from "../store/gone-workspace.ts";
import type { Tx } from "../store/store.ts";
import "../store/timers.ts";
import { dailyKind } from "./daily/dailies.ts";
import { timerKinds } from "./round/round-keeper.ts";
import "./tables.ts";

/** Deletes a workspace's quizzes, scores and questions of the day with their timers, and its people where they are known nowhere else. */
export async function forgetQuizzes(tx: Tx, { key, people }: GoneWorkspace): Promise<void> {
  for (const kind of [timerKinds.wake, timerKinds.tally])
    await tx
      .deleteFrom("timer")
      .where("id", "in", (row) =>
        row.selectFrom("round").select(sql<string>`${kind} || id`.as("id")).where("workspace", "=", key),
      )
      .execute();
  await tx.deleteFrom("timer").where("id", "like", `${dailyKind}:${key}/%`).execute();
  await tx
    .deleteFrom("round_player")
    .where("round", "in", (row) => row.selectFrom("round").select("id").where("workspace", "=", key))
    .execute();
  for (const table of ["round", "answer", "score", "score_week", "daily", "pick_count"] as const)
    await tx.deleteFrom(table).where("workspace", "=", key).execute();
  await tx.deleteFrom("asked").where("channel", "like", `${key}/%`).execute();
  for (const table of ["answer", "round_player", "review", "solo"] as const)
    await tx.deleteFrom(table).where("learner", "like", people).execute();
  await tx.deleteFrom("learner").where("id", "like", people).execute();
}
