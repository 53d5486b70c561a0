import type { Labelled } from "../../../scripts/trust/labelled.ts";
import type { Tutor } from "../../../src/answers/cards/tutor.ts";

/** Shares from 0 to 1. */
export interface Scores {
  topOne: number;
  topThree: number;
  answered: number;
  declined: number;
}

/** How well a tutor does on labelled questions; alternates count as right. */
export function scoreTutor(tutor: Tutor, questions: readonly Labelled[]): Scores {
  const share = (of: readonly Labelled[], holds: (question: Labelled) => boolean) =>
    of.filter(holds).length / of.length;
  const inScope = questions.filter((question) => question.in_scope);
  const within = (most: number) => (question: Labelled) =>
    tutor
      .find(question.text)
      .ranked.slice(0, most)
      .some(({ concept }) => concept === question.concept || question.alternates.includes(concept));
  return {
    topOne: share(inScope, within(1)),
    topThree: share(inScope, within(3)),
    answered: share(inScope, ({ text }) => tutor.find(text).outcome !== "decline"),
    declined: share(
      questions.filter((question) => !question.in_scope),
      ({ text }) => tutor.find(text).outcome === "decline",
    ),
  };
}
