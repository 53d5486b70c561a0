import type { Caller } from "../../core/context.ts";
import { workspaceKey } from "../../core/place-key.ts";
import type { Question } from "../../curriculum/schema.ts";
import type { Tx } from "../../store/store.ts";
import { meetLearner } from "../record/learners.ts";
import { recordReviews } from "../record/reviews.ts";
import { countPicks } from "../round/scoring.ts";
import type { SoloState } from "./solo.ts";

/** Notes an answer that counts: in the log, for the learner's level and reviews, and how often the option was chosen. */
export async function logSolo(
  tx: Tx,
  caller: Caller,
  { id, state, question }: { id: string; state: SoloState; question: Question },
  { choice, right, at }: { choice: number; right: boolean; at: number },
): Promise<void> {
  const learner = caller.person.id;
  const workspace = workspaceKey(caller.place);
  await tx
    .insertInto("answer")
    .values({
      round: id,
      position: state.asked.length - 1,
      learner,
      workspace,
      kind: state.kind,
      question: question.id,
      concept: question.concept,
      choice,
      changes: 0,
      hinted: state.hinted,
      correct: right,
      at,
    })
    .execute();
  await meetLearner(tx, caller.person, at);
  await tx
    .updateTable("learner")
    .set({ level: state.ladder.level, run: state.ladder.run })
    .where("id", "=", learner)
    .execute();
  await countPicks(tx, workspace, question, at, [{ choice }]);
  const outcome = right ? (state.hinted ? "hinted" : "right") : "wrong";
  await recordReviews(tx, { concept: question.concept, question: question.id, at }, [{ learner, outcome }]);
}
