import { type Kysely, sql } from "kysely";
import type { Place } from "../../core/context.ts";
import type { Question } from "../../curriculum/schema.ts";
import type { Tables, Tx } from "../../store/store.ts";
import type { Mode, RoundState } from "./round-state.ts";
import "../tables.ts";
import type { RoundTable } from "../tables.ts";
import type { Topic } from "../topic.ts";
import type { Pace } from "./timing.ts";

/** A round as the program handles it. */
export interface Round {
  id: string;
  workspace: string;
  channel: string;
  mode: Mode;
  starter: string;
  topic: Topic;
  level: string;
  pace: Pace;
  /** Where the channel message is; with a thread when the quiz was started inside one. */
  place: Place;
  state: RoundState;
  at: number;
}

const columns = [
  "id",
  "workspace",
  "channel",
  "mode",
  "starter",
  "topic",
  "concepts",
  "level",
  "pace",
  "place",
  "state",
  "at",
] as const;

/** Reads a round and locks it, so that nothing about it changes until the transaction ends. */
export async function lockRound(tx: Tx, id: string): Promise<Round | null> {
  const row = await tx.selectFrom("round").select(columns).where("id", "=", id).forUpdate().executeTakeFirst();
  return row ? toRound(row) : null;
}

/** Reads a round. */
export async function readRound(db: Kysely<Tables>, id: string): Promise<Round | null> {
  const row = await db.selectFrom("round").select(columns).where("id", "=", id).executeTakeFirst();
  return row ? toRound(row) : null;
}

/** The id of the quiz that runs in one of these channels. */
export async function activeRound(db: Kysely<Tables>, channels: string[]): Promise<string | null> {
  const row = await db
    .selectFrom("round")
    .select("id")
    .where("active", "in", [...new Set(channels)])
    .executeTakeFirst();
  return row?.id ?? null;
}

/** The ids of all rounds that have not ended. */
export async function liveRounds(db: Kysely<Tables>): Promise<string[]> {
  const rows = await db.selectFrom("round").select("id").where("live", "=", 1).execute();
  return rows.map(({ id }) => id);
}

/** Stores a new round; false when its channel has one already. */
export async function insertRound(tx: Tx, round: Round, content: readonly Question[]): Promise<boolean> {
  const { topic, place, state, ...plain } = round;
  const row = await tx
    .insertInto("round")
    .values({
      ...plain,
      active: round.mode === "daily" ? null : round.channel,
      topic: topic.label,
      concepts: topic.concepts && JSON.stringify(topic.concepts),
      place: JSON.stringify(place),
      state: JSON.stringify(state),
      content: JSON.stringify(content),
      live: 1,
    })
    .onConflict((conflict) => conflict.column("active").doNothing())
    .returning("id")
    .executeTakeFirst();
  return row !== undefined;
}

/** Stores a round's state; an ended one frees its channel. */
export async function saveState(tx: Tx, round: Round): Promise<void> {
  const ended = round.state.phase.name === "ended";
  await tx
    .updateTable("round")
    .set({ state: JSON.stringify(round.state), ...(ended && { live: 0, active: null }) })
    .where("id", "=", round.id)
    .execute();
}

/** Takes back a round that nobody has seen. */
export async function deleteRound(tx: Tx, id: string): Promise<void> {
  await tx.deleteFrom("round_player").where("round", "=", id).execute();
  await tx.deleteFrom("round").where("id", "=", id).execute();
}

/** The questions of a round, as they were when it began. */
export async function contentOf(db: Kysely<Tables>, id: string): Promise<Question[]> {
  const row = await db.selectFrom("round").select("content").where("id", "=", id).executeTakeFirst();
  return row ? JSON.parse(row.content) : [];
}

/** How often each option of a question was chosen in a round, by option index. */
export async function picksOf(db: Kysely<Tables>, round: string, position: number): Promise<number[]> {
  const rows = await db
    .selectFrom("answer")
    .select(["choice", sql<number>`count(*)`.as("picks")])
    .where("round", "=", round)
    .where("position", "=", position)
    .groupBy("choice")
    .execute();
  const picks: number[] = [];
  for (const row of rows) picks[row.choice] = Number(row.picks);
  return Array.from(picks, (count) => count ?? 0);
}

function toRound(
  row: Pick<RoundTable, "concepts" | "place" | "state"> & {
    [K in "id" | "workspace" | "channel" | "mode" | "starter" | "topic" | "level" | "pace"]: string;
  } & { at: number },
): Round {
  const { topic, concepts, place, state, mode, pace, ...plain } = row;
  return {
    ...plain,
    mode: mode as Mode,
    pace: pace as Pace,
    topic: { label: topic, concepts: concepts === null ? null : JSON.parse(concepts) },
    place: JSON.parse(place),
    state: JSON.parse(state),
  };
}
