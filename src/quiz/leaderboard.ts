import type { Kysely } from "kysely";
import type { Tables } from "../store/store.ts";
import type { BoardEntry } from "./board.ts";
import { describeRank } from "./ranks.ts";
import "./tables.ts";

/** A leaderboard and where the asker stands on it. */
export interface Leaderboard {
  top: BoardEntry[];
  mine: { points: number; rank: string } | null;
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
  const above = await countUpTo(db, workspace, week, own.points, 5000);
  const all = above < 5000 ? above : await countUpTo(db, workspace, week, -1, 1_000_000);
  return { top, mine: { points: own.points, rank: describeRank(above, all) }, named };
}

async function countUpTo(
  db: Kysely<Tables>,
  workspace: string,
  week: string | null,
  points: number,
  most: number,
): Promise<number> {
  const above = scores(db, workspace, week).select("learner").where("points", ">", points).limit(most);
  const { count } = await db
    .selectFrom(above.as("above"))
    .select(({ fn }) => fn.countAll<number>().as("count"))
    .executeTakeFirstOrThrow();
  return Number(count);
}

function scores(db: Kysely<Tables>, workspace: string, week: string | null) {
  const all = db.selectFrom("score").where("workspace", "=", workspace);
  if (week === null) return all;
  return db
    .selectFrom("score_week")
    .where("workspace", "=", workspace)
    .where("week", "=", week) as unknown as typeof all;
}
