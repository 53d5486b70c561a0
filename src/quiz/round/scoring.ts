import { type Kysely, sql } from "kysely";
import type { Question } from "../../curriculum/schema.ts";
import type { Tables, Tx } from "../../store/store.ts";
import type { BoardEntry } from "../record/board.ts";
import "../tables.ts";
import { recordReviews } from "../record/reviews.ts";
import { weekOf } from "../record/week.ts";

/** The question whose answers are counted. */
export interface Counted {
  round: string;
  position: number;
  workspace: string;
  question: Question;
  at: number;
}

/**
 * Counts the answers to a question at its reveal: the log, the scores, what was chosen, everybody's reviews.
 * Call it once, in the transaction that stores the reveal.
 */
export async function countAnswers(tx: Tx, counted: Counted): Promise<void> {
  const { round, position, workspace, question, at } = counted;
  const right = question.options.findIndex((option) => option.right);
  await tx
    .updateTable("answer")
    .set({ correct: sql<number>`case when choice = ${right} then 1 else 0 end` })
    .where("round", "=", round)
    .where("position", "=", position)
    .execute();
  await addScores(tx, counted);
  const answers = await tx
    .selectFrom("answer")
    .select(["learner", "choice", "correct", "hinted"])
    .where("round", "=", round)
    .where("position", "=", position)
    .execute();
  await countPicks(tx, workspace, question, at, answers);
  await recordReviews(
    tx,
    { concept: question.concept, question: question.id, at },
    answers.map(({ learner, correct, hinted }) => ({
      learner,
      outcome: correct ? (hinted ? "hinted" : "right") : "wrong",
    })),
  );
}

async function addScores(tx: Tx, { round, position, workspace, at }: Counted): Promise<void> {
  const answered = tx
    .selectFrom("answer")
    .where("round", "=", round)
    .where("position", "=", position)
    // Everywhere in the same order, so that two rounds that end together cannot wait for each other.
    .orderBy("learner");
  await tx
    .insertInto("score")
    .columns(["workspace", "learner", "points", "answers"])
    .expression(
      answered.select([
        sql.val(workspace).as("workspace"),
        "learner",
        sql<number>`correct`.as("points"),
        sql<number>`1`.as("answers"),
      ]),
    )
    .onConflict((conflict) =>
      conflict.columns(["workspace", "learner"]).doUpdateSet({
        points: sql<number>`score.points + excluded.points`,
        answers: sql<number>`score.answers + 1`,
      }),
    )
    .execute();
  await tx
    .insertInto("score_week")
    .columns(["workspace", "week", "learner", "points", "answers"])
    .expression(
      answered.select([
        sql.val(workspace).as("workspace"),
        sql.val(weekOf(at)).as("week"),
        "learner",
        sql<number>`correct`.as("points"),
        sql<number>`1`.as("answers"),
      ]),
    )
    .onConflict((conflict) =>
      conflict.columns(["workspace", "week", "learner"]).doUpdateSet({
        points: sql<number>`score_week.points + excluded.points`,
        answers: sql<number>`score_week.answers + 1`,
      }),
    )
    .execute();
}

/** Adds to the anonymous counts of what was chosen. */
export async function countPicks(
  tx: Tx,
  workspace: string,
  question: Question,
  at: number,
  answers: readonly { choice: number }[],
): Promise<void> {
  const rows = question.options.flatMap((option, choice) => {
    const picks = answers.filter((answer) => answer.choice === choice).length;
    return picks ? [{ choice, picks, correct: option.right, misconception: option.misconception ?? null }] : [];
  });
  if (rows.length === 0) return;
  await tx
    .insertInto("pick_count")
    .values(
      rows.map((row) => ({ ...row, workspace, week: weekOf(at), question: question.id, concept: question.concept })),
    )
    .onConflict((conflict) =>
      conflict
        .columns(["workspace", "week", "question", "choice"])
        .doUpdateSet({ picks: sql<number>`pick_count.picks + excluded.picks` }),
    )
    .execute();
}

/** Everybody's points in a round, named where they allow it. */
export async function roundBoard(db: Kysely<Tables>, round: string): Promise<BoardEntry[]> {
  const rows = await db
    .selectFrom("answer")
    .leftJoin("learner", "learner.id", "answer.learner")
    .select(({ fn }) => [
      "answer.learner",
      "learner.name",
      "learner.named",
      fn.sum<number>("answer.correct").as("points"),
    ])
    .where("answer.round", "=", round)
    .where("answer.correct", "is not", null)
    .groupBy(["answer.learner", "learner.name", "learner.named"])
    .execute();
  return rows.map(({ learner, name, named, points }) => ({
    learner,
    name: named ? name : null,
    points: Number(points),
  }));
}

/** The concepts of a round that at least 40 % of the answers got wrong, worst first. */
export async function missedConcepts(
  db: Kysely<Tables>,
  round: string,
): Promise<{ concept: string; right: number; answers: number }[]> {
  const rows = await db
    .selectFrom("answer")
    .select(({ fn }) => ["concept", fn.sum<number>("correct").as("right"), fn.countAll<number>().as("answers")])
    .where("round", "=", round)
    .where("correct", "is not", null)
    .groupBy("concept")
    .execute();
  return rows
    .map(({ concept, right, answers }) => ({ concept, right: Number(right), answers: Number(answers) }))
    .filter(({ right, answers }) => right <= answers * 0.6)
    .sort((a, b) => a.right / a.answers - b.right / b.answers);
}
