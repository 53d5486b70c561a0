import { atOnce, type Sliced } from "../../core/slices.ts";
import type { Curriculum } from "../../curriculum/load.ts";
import { type AnswerIndex, indexAnswers } from "../retrieval/answer-search.ts";
import type { MeterIndex } from "./meter-index.ts";
import { indexCards } from "./search.ts";

/** What the tutor finds its cards and answers by. */
export interface Indexes {
  cards: MeterIndex;
  answers: AnswerIndex;
}

/** Indexes everything that is taught, in slices. */
export function* indexAll(curriculum: Curriculum): Sliced<Indexes> {
  return { cards: yield* indexCards(curriculum), answers: yield* indexAnswers(curriculum) };
}

/** The indexes as an earlier start or the installation left them; undefined when they must be made. */
export function* keptIndexes({ prepared, concepts, answers: taught }: Curriculum): Sliced<Indexes | undefined> {
  const cards = prepared?.read("index-cards") as MeterIndex | undefined;
  yield;
  const answers = prepared?.read("index-answers") as AnswerIndex | undefined;
  return cards && answers && isOf(cards, concepts.keys()) && isOf(answers.meter, taught.keys())
    ? { cards, answers }
    : undefined;
}

/** Whether an index begins with just these. */
function isOf({ documents }: MeterIndex, ids: Iterable<string>): boolean {
  let at = 0;
  for (const id of ids) if (documents[at++]?.id !== id) return false;
  return true;
}

/** Keeps the indexes for the next starts. Throws where nothing can be written. */
export function keepIndexes(curriculum: Curriculum): void {
  const { cards, answers } = atOnce(indexAll(curriculum));
  curriculum.prepared?.write("index-cards", cards);
  curriculum.prepared?.write("index-answers", answers);
}
