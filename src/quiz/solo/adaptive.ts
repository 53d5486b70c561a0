import type { Question } from "../../curriculum/schema.ts";

export type Level = Question["level"];
export const levels = ["easy", "medium", "hard"] as const satisfies readonly Level[];

/** Where a learner stands: the level of the next question and right answers in a row at it. */
export interface Ladder {
  level: Level;
  run: number;
}

/** Two right answers in a row go one level up, one wrong answer goes one down. */
export function climb({ level, run }: Ladder, right: boolean): Ladder {
  const index = levels.indexOf(level);
  if (!right) return { level: levels[Math.max(0, index - 1)] ?? level, run: 0 };
  if (run + 1 < 2) return { level, run: run + 1 };
  return { level: levels[Math.min(levels.length - 1, index + 1)] ?? level, run: 0 };
}
