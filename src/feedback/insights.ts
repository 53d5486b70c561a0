import { type Kysely, sql } from "kysely";
import type { Tables } from "../store/store.ts";
import "../quiz/tables.ts";
import "./tables.ts";

/** How a workspace does, without anybody's name. */
export interface Insights {
  /** Concepts by the share of wrong answers, worst first; only those with at least 5 answers. */
  weakest: { concept: string; wrong: number; answers: number }[];
  /** The wrong options that most people chose. */
  wrongOptions: { question: string; choice: number; misconception: string | null; picks: number; answers: number }[];
  unanswered: { question: string; outcome: string; nearest: string | null; at: number }[];
  unansweredCount: number;
  verdicts: { about: string; helpful: number; unhelpful: number }[];
  /** `alias` stands for the person and cannot be turned back. */
  comments: { about: string; comment: string; alias: string; at: number }[];
}

/** Reads the insights of a workspace since `since` (ms) and from ISO week `week` on. */
export async function readInsights(
  db: Kysely<Tables>,
  workspace: string,
  { since, week }: { since: number; week: string },
): Promise<Insights> {
  const picks = await db
    .selectFrom("pick_count")
    .select(["question", "choice", "concept", "misconception", "correct", sql<number>`sum(picks)`.as("picks")])
    .where("workspace", "=", workspace)
    .where("week", ">=", week)
    .groupBy(["question", "choice", "concept", "misconception", "correct"])
    .execute();
  const rows = picks.map((row) => ({ ...row, picks: Number(row.picks) }));
  const unanswered = db.selectFrom("unanswered").where("workspace", "=", workspace).where("at", ">=", since);
  const { count } = await unanswered.select(({ fn }) => fn.countAll<number>().as("count")).executeTakeFirstOrThrow();
  const feedback = db
    .selectFrom("feedback")
    .where("feedback.workspace", "=", workspace)
    .where("feedback.at", ">=", since);
  const verdicts = await feedback
    .select([
      "about",
      sql<number>`sum(case when verdict = 'helpful' then 1 else 0 end)`.as("helpful"),
      sql<number>`sum(case when verdict = 'unhelpful' then 1 else 0 end)`.as("unhelpful"),
    ])
    .groupBy("about")
    .execute();
  const comments = await feedback
    .leftJoin("learner", "learner.id", "feedback.learner")
    .select(["about", "comment", "alias", "feedback.at"])
    .where("comment", "is not", null)
    .orderBy("feedback.at", "desc")
    .limit(10)
    .execute();
  return {
    weakest: weakest(rows),
    wrongOptions: wrongOptions(rows),
    unanswered: await unanswered
      .select(["question", "outcome", "nearest", "at"])
      .orderBy("at", "desc")
      .limit(10)
      .execute(),
    unansweredCount: Number(count),
    verdicts: verdicts
      .map((row) => ({ ...row, helpful: Number(row.helpful), unhelpful: Number(row.unhelpful) }))
      .filter(({ unhelpful }) => unhelpful > 0)
      .sort((a, b) => b.unhelpful - a.unhelpful)
      .slice(0, 5),
    comments: comments.map(({ about, comment, alias, at }) => ({
      about,
      comment: comment ?? "",
      alias: alias ?? "new",
      at,
    })),
  };
}

interface Picked {
  question: string;
  choice: number;
  concept: string;
  misconception: string | null;
  correct: number;
  picks: number;
}

function weakest(rows: Picked[]): Insights["weakest"] {
  const byConcept = Map.groupBy(rows, ({ concept }) => concept);
  return [...byConcept]
    .map(([concept, group]) => ({
      concept,
      wrong: total(group.filter(({ correct }) => !correct)),
      answers: total(group),
    }))
    .filter(({ wrong, answers }) => answers >= 5 && wrong > 0)
    .sort((a, b) => b.wrong / b.answers - a.wrong / a.answers)
    .slice(0, 5);
}

function wrongOptions(rows: Picked[]): Insights["wrongOptions"] {
  const byQuestion = Map.groupBy(rows, ({ question }) => question);
  return [...byQuestion]
    .flatMap(([question, group]) =>
      group
        .filter(({ correct }) => !correct)
        .map(({ choice, misconception, picks }) => ({ question, choice, misconception, picks, answers: total(group) })),
    )
    .filter(({ answers }) => answers >= 5)
    .sort((a, b) => b.picks / b.answers - a.picks / a.answers || b.picks - a.picks)
    .slice(0, 5);
}

function total(rows: Picked[]): number {
  return rows.reduce((sum, { picks }) => sum + picks, 0);
}
