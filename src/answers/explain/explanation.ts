/** What a pasted thing is explained with; the problems come first, because they are what people ask about. */
export interface Explanation {
  /** The concept it is about. */
  concept: string;
  /** What it is or does, in one or two sentences. */
  what: string;
  /** What is probably wrong, most important first: each one says what to do instead. */
  problems: Problem[];
  /** Its parts in order, each in a few words. */
  parts: string[];
  /** The heading of the parts. */
  partsTitle?: string;
}

/** One thing that is probably wrong. */
export interface Problem {
  /** The cause, and what to do. */
  text: string;
  /** The better lines. */
  better?: { language: "sh" | "dockerfile" | "yaml"; source: string };
  /** Problems that explain what was asked come before those of style. */
  weight: number;
}

/** Heaviest first; of equal weight in the order in which they were found. */
export function byWeight(problems: readonly Problem[]): Problem[] {
  return problems.toSorted((a, b) => b.weight - a.weight);
}
