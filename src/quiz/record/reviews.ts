import type { Kysely } from "kysely";
import type { Tables, Tx } from "../../store/store.ts";
import "../tables.ts";
import type { ReviewTable } from "../tables.ts";
import { nextReview, type Outcome, type Review } from "./schedule.ts";

/** How somebody's answer went. */
export interface Reviewed {
  learner: string;
  outcome: Outcome;
}

const chunk = 300;
const most = 50;

/** What a learner should see again by `now` (ms), the longest overdue first; `missed` is the question they last got wrong. */
export function dueReviews(
  db: Kysely<Tables>,
  learner: string,
  now: number,
): Promise<{ concept: string; missed: string | null }[]> {
  return reviewsOf(db, learner).where("due_at", "<=", now).execute();
}

/** What a learner got wrong and has not made good, due or not. */
export function missedReviews(
  db: Kysely<Tables>,
  learner: string,
): Promise<{ concept: string; missed: string | null }[]> {
  return reviewsOf(db, learner).where("missed", "is not", null).execute();
}

/** What a learner should be asked in a review: what they got wrong and has not been made good, then what is due by `now` (ms). */
export async function reviewsToDo(
  db: Kysely<Tables>,
  learner: string,
  now: number,
): Promise<{ concept: string; missed: string | null }[]> {
  const missed = await missedReviews(db, learner);
  const known = new Set(missed.map(({ concept }) => concept));
  const due = (await dueReviews(db, learner, now)).filter(({ concept }) => !known.has(concept));
  return [...missed, ...due].slice(0, most);
}

function reviewsOf(db: Kysely<Tables>, learner: string) {
  return db
    .selectFrom("review")
    .select(["concept", "missed"])
    .where("learner", "=", learner)
    .orderBy("due_at")
    .limit(most);
}

/** Plans the next review of a concept for everybody who answered `question`; a miss is kept until it is made good. */
export async function recordReviews(
  tx: Tx,
  { concept, question, at }: { concept: string; question: string; at: number },
  all: readonly Reviewed[],
): Promise<void> {
  // Everywhere in the same order, so that two rounds that end together cannot wait for each other.
  const sorted = [...all].sort((a, b) => (a.learner < b.learner ? -1 : 1));
  for (let from = 0; from < sorted.length; from += chunk) {
    const part = sorted.slice(from, from + chunk);
    const known = await tx
      .selectFrom("review")
      .selectAll()
      .where("concept", "=", concept)
      .where(
        "learner",
        "in",
        part.map(({ learner }) => learner),
      )
      .forUpdate()
      .execute();
    const before = new Map(known.map((row) => [row.learner, row]));
    const rows = part.map(({ learner, outcome }) =>
      nextRow(before.get(learner), { learner, concept, question, outcome, at }),
    );
    await tx
      .insertInto("review")
      .values(rows)
      .onConflict((conflict) =>
        conflict.columns(["learner", "concept"]).doUpdateSet((eb) => ({
          due_at: eb.ref("excluded.due_at"),
          stability: eb.ref("excluded.stability"),
          difficulty: eb.ref("excluded.difficulty"),
          reps: eb.ref("excluded.reps"),
          lapses: eb.ref("excluded.lapses"),
          state: eb.ref("excluded.state"),
          last_at: eb.ref("excluded.last_at"),
          asked: eb.ref("excluded.asked"),
          correct: eb.ref("excluded.correct"),
          missed: eb.ref("excluded.missed"),
        })),
      )
      .execute();
  }
}

function nextRow(
  row: ReviewTable | undefined,
  { learner, concept, question, outcome, at }: Reviewed & { concept: string; question: string; at: number },
): ReviewTable {
  const review = nextReview(row ? toReview(row) : null, outcome, at);
  const right = outcome !== "wrong";
  return {
    learner,
    concept,
    due_at: review.due,
    stability: review.stability,
    difficulty: review.difficulty,
    reps: review.reps,
    lapses: review.lapses,
    state: review.state,
    last_at: review.last,
    asked: (row?.asked ?? 0) + 1,
    correct: (row?.correct ?? 0) + (right ? 1 : 0),
    missed: right ? null : question,
  };
}

function toReview(row: ReviewTable): Review {
  const { stability, difficulty, reps, lapses, state } = row;
  return { due: row.due_at, stability, difficulty, reps, lapses, state, last: row.last_at };
}
