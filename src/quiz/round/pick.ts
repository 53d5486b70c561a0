import type { Question } from "../../curriculum/schema.ts";
import { shuffle } from "../shuffle.ts";
import { type Level, levels } from "../solo/adaptive.ts";

/** A question of a round and the order its options are shown in: the shown place → the option's index. */
export interface Asked {
  question: string;
  order: number[];
}

/** Draws a question's option order. */
export function askOf(question: Question, random: () => number): Asked {
  return {
    question: question.id,
    order: shuffle(
      question.options.map((_, index) => index),
      random,
    ),
  };
}

/** Draws up to `count` questions for a channel, spread over the concepts, never one that is in `recent`. */
export function pickRound(
  questions: readonly Question[],
  { count, level, recent }: { count: number; level: Level | "mixed"; recent: ReadonlySet<string> },
  random: () => number,
): Question[] {
  const fresh = shuffle(
    questions.filter((question) => !recent.has(question.id) && (level === "mixed" || question.level === level)),
    random,
  );
  const byConcept = Map.groupBy(fresh, ({ concept }) => concept);
  const picked: Question[] = [];
  for (let turn = 0; picked.length < Math.min(count, fresh.length); turn += 1) {
    for (const group of byConcept.values()) {
      const next = group[turn];
      if (next && picked.length < count) picked.push(next);
    }
  }
  return level === "mixed" ? easyFirst(picked) : picked;
}

/**
 * Draws one question for a learner: an unseen one of the wanted level or next to it, else the one seen longest ago (`seen`: when, in ms).
 * Undefined when there is none.
 */
export function pickNext(
  questions: readonly Question[],
  level: Level,
  seen: ReadonlyMap<string, number>,
  random: () => number,
): Question | undefined {
  const cost = (question: Question) =>
    Math.abs(levels.indexOf(question.level) - levels.indexOf(level)) + (seen.has(question.id) ? 1.5 : 0);
  return shuffle(questions, random).sort(
    (a, b) => cost(a) - cost(b) || (seen.get(a.id) ?? 0) - (seen.get(b.id) ?? 0),
  )[0];
}

/** How many words a learner reads before answering. */
export function wordsOf(question: Question): number {
  return [question.text, ...question.options.map(({ text }) => text)].join(" ").split(/\s+/).filter(Boolean).length;
}

function easyFirst(questions: Question[]): Question[] {
  return questions.sort((a, b) => levels.indexOf(a.level) - levels.indexOf(b.level));
}
