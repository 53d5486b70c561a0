import { LineRefusal } from "../line-refusal.ts";

/** The most parts of a template that one docker line runs, over all its rows: loops in loops multiply. */
const mostSteps = 20_000;
/** The most characters that one line's templates read and make, values that nothing prints included: variables can double. */
const mostCharacters = 2_000_000;
/** The most characters that come out. A message and its file hold less. */
const mostOutput = 200_000;

/** What one docker line's templates have spent. Each function throws {@link LineRefusal} when there is no more. */
export interface Budget {
  /** Counts parts of a template that are run. */
  steps(count: number): void;
  /** Counts characters that are read or made. */
  characters(count: number): void;
  /** Counts the characters of values that are read or made. */
  values(values: readonly unknown[]): void;
  /** Counts characters that come out. */
  output(count: number): void;
}

/** A fresh budget for one line. */
export function createBudget(): Budget {
  let [steps, characters, output] = [mostSteps, mostCharacters, mostOutput];
  const takeCharacters = (count: number) => {
    characters -= count;
    if (characters < 0)
      throw new LineRefusal(
        "That template builds more text than fits into a chat, so I stopped it. Variables that repeat themselves grow very fast.",
      );
  };
  return {
    steps(count) {
      steps -= count;
      if (steps < 0)
        throw new LineRefusal(
          "That template has too many steps for one line, so I stopped it. Loops inside loops multiply.",
        );
    },
    characters: takeCharacters,
    values: (values) => measure(values, takeCharacters),
    output(count) {
      output -= count;
      if (output < 0)
        throw new LineRefusal(
          "That prints more than fits into a chat. Print fewer fields or fewer rows, for example with `--format`.",
        );
    },
  };
}

/** Hands the size of each part of a value to `take`, which may throw: even measuring has to end. */
function measure(value: unknown, take: (count: number) => void): void {
  if (typeof value === "string") take(value.length);
  else if (Array.isArray(value)) {
    take(8);
    for (const one of value) measure(one, take);
  } else if (typeof value === "object" && value !== null) {
    take(8);
    for (const [key, one] of Object.entries(value)) {
      take(key.length + 8);
      measure(one, take);
    }
  } else take(8);
}
