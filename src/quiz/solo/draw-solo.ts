import type { Curriculum } from "../../curriculum/load.ts";
import type { Question } from "../../curriculum/schema.ts";
import type { Tx } from "../../store/store.ts";
import { dueReviews, reviewsToDo } from "../record/reviews.ts";
import { pickNext } from "../round/pick.ts";
import type { SoloState } from "./solo.ts";
import "../tables.ts";
import { questionsOf } from "../topic.ts";

/** What comes next: first what is due for review (at most two of five), then new things at the learner's level. Null when nothing is left. */
export async function drawSolo(
  tx: Tx,
  learner: string,
  state: SoloState,
  { curriculum, now, random }: { curriculum: Curriculum; now: number; random: () => number },
): Promise<{ question: Question; review: boolean } | null> {
  const used = new Set(state.asked.map(({ question }) => question));
  const fresh = (questions: Question[]) => questions.filter(({ id }) => !used.has(id));
  const seen = await seenBy(tx, learner);
  const reviewed = state.asked.filter(({ review }) => review).length;
  const onlyReview = state.kind === "review";
  if (onlyReview || reviewed < mostReviews(state.count)) {
    const asked = new Set(state.asked.map(({ question }) => curriculum.questions.get(question)?.concept));
    const due = onlyReview ? await reviewsToDo(tx, learner, now) : await dueReviews(tx, learner, now);
    for (const { concept, missed } of due) {
      if (asked.has(concept)) continue;
      const questions = fresh(questionsOf({ concepts: [concept] }, curriculum));
      const same = questions.find(({ id }) => id === missed);
      const question = same ?? pickNext(questions, state.ladder.level, seen, random);
      if (question) return { question, review: true };
    }
  }
  if (onlyReview) return null;
  const question = pickNext(fresh(questionsOf(state.topic, curriculum)), state.ladder.level, seen, random);
  return question ? { question, review: false } : null;
}

/** How many questions of a session may be reviews. */
const mostReviews = (count: number) => Math.ceil(count * 0.4);

/** How many questions a new session can really have: at most `state.count`, fewer where the topic and what is due have no more. */
export async function possibleCount(
  tx: Tx,
  learner: string,
  state: SoloState,
  { curriculum, now }: { curriculum: Curriculum; now: number },
): Promise<number> {
  const own = questionsOf(state.topic, curriculum).length;
  const due = (await dueReviews(tx, learner, now)).filter(
    ({ concept }) => questionsOf({ concepts: [concept] }, curriculum).length > 0,
  );
  const possible = (count: number) => {
    const reviews = due.slice(0, mostReviews(count));
    const others = reviews.filter(({ concept }) => state.topic.concepts && !state.topic.concepts.includes(concept));
    return Math.min(count, own + others.length);
  };
  let count = state.count;
  // Fewer questions leave room for fewer reviews.
  while (possible(count) < count) count = possible(count);
  return count;
}

async function seenBy(tx: Tx, learner: string): Promise<Map<string, number>> {
  const rows = await tx
    .selectFrom("answer")
    .select(["question", "at"])
    .where("learner", "=", learner)
    .orderBy("at", "desc")
    .limit(1000)
    .execute();
  return new Map(rows.reverse().map(({ question, at }) => [question, at]));
}
