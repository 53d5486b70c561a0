import { answerQuestion } from "../../src/answers/answer-question.ts";
import type { Tutor } from "../../src/answers/cards/tutor.ts";
import { answerSearchOver, indexAnswers } from "../../src/answers/retrieval/answer-search.ts";
import type { Figures } from "../../src/answers/trust/figures.ts";
import { atOnce } from "../../src/core/slices.ts";
import type { Curriculum } from "../../src/curriculum/load.ts";
import type { Answer } from "../../src/curriculum/schema.ts";

const folds = 5;

const offers = { experiments: false, quiz: false, sandbox: false, feedback: false };

/** Asks every wording of every answer of a search that lacks it, and counts what is shown first. */
export function heldOut(curriculum: Curriculum, tutor: Tutor): Figures["answers"] {
  const counts = { asked: 0, first: 0, offered: 0, none: 0, other: 0 };
  for (let fold = 0; fold < folds; fold++) {
    const held: { answer: Answer; wording: string }[] = [];
    const answers = new Map(
      [...curriculum.answers].map(([id, answer]) => {
        const wordings = answer.wordings.filter((wording, at) => {
          if (at % folds === fold) held.push({ answer, wording });
          return at % folds !== fold;
        });
        return [id, { ...answer, wordings }];
      }),
    );
    const taught = { ...curriculum, answers };
    const search = answerSearchOver(atOnce(indexAnswers(taught)), taught);
    for (const { answer, wording } of held) {
      const finding = tutor.find(wording);
      const matches = search.find(wording, finding);
      const answered = answerQuestion({
        question: wording,
        finding,
        matches,
        level: "beginner",
        curriculum: taught,
        offers,
      });
      counts.asked++;
      if (answered?.answer === answer.id) counts.first++;
      else if (!answered) counts.none++;
      else if (JSON.stringify(answered.reply).includes(JSON.stringify(answer.question).slice(1, -1))) counts.offered++;
      else counts.other++;
    }
  }
  return counts;
}
