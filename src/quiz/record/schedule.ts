import { type Card, createEmptyCard, fsrs, type Grade, Rating } from "ts-fsrs";

/** What is remembered of one learner and one concept; times in ms since the epoch. */
export interface Review {
  due: number;
  stability: number;
  difficulty: number;
  reps: number;
  lapses: number;
  /** ts-fsrs's own state: 0 new, 1 learning, 2 review, 3 relearning. */
  state: number;
  last: number;
}

/** How an answer went; `hinted` is right with the hint. */
export type Outcome = "right" | "hinted" | "wrong";

// Whole days only: a chat tutor meets learners once a day, not every ten minutes. A first miss comes back after 1, 3, 8 days.
const scheduler = fsrs({ enable_fuzz: false, enable_short_term: false, request_retention: 0.9 });
const grades: Record<Outcome, Grade> = { right: Rating.Good, hinted: Rating.Hard, wrong: Rating.Again };

/** The review after an answer at `at`; `before` is null the first time. */
export function nextReview(before: Review | null, outcome: Outcome, at: number): Review {
  const { card } = scheduler.next(toCard(before, at), new Date(at), grades[outcome]);
  return {
    due: card.due.getTime(),
    stability: card.stability,
    difficulty: card.difficulty,
    reps: card.reps,
    lapses: card.lapses,
    state: card.state,
    last: at,
  };
}

function toCard(review: Review | null, at: number): Card {
  const empty = createEmptyCard(new Date(at));
  if (!review) return empty;
  // An answer that is told late (another process, a clock step) never lies before the one it follows.
  const last = new Date(Math.min(review.last, at));
  return {
    ...empty,
    due: new Date(review.due),
    stability: review.stability,
    difficulty: review.difficulty,
    reps: review.reps,
    lapses: review.lapses,
    state: review.state,
    scheduled_days: Math.max(0, Math.round((review.due - review.last) / 86_400_000)),
    last_review: last,
  };
}
