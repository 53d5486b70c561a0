import type { ColumnType } from "kysely";

/** Yes and no: written as a boolean, read as 1 or 0. */
type Flag = ColumnType<number, boolean | number, boolean | number>;

/** One quiz in a channel, or one question of the day. `state`, `content`, `place` and `concepts` are JSON. */
export interface RoundTable {
  id: string;
  workspace: string;
  channel: string;
  /** The channel while a quiz runs there, so that there is never a second one. */
  active: string | null;
  mode: string;
  starter: string;
  topic: string;
  concepts: string | null;
  level: string;
  pace: string;
  place: string;
  state: string;
  /** The questions as they were when the round began; a reload does not change them. */
  content: string;
  live: Flag;
  at: number;
}

/** Who plays; `answered` and `hinted` are the last position, -1 for none; `waiting` while the round waits for them. */
interface RoundPlayerTable {
  round: string;
  learner: string;
  waiting: Flag;
  answered: number;
  hinted: number;
}

/** The answer log. `choice` is the option's index in the question; `correct` is null until the reveal. */
interface AnswerTable {
  round: string;
  position: number;
  learner: string;
  workspace: string;
  /** `timed`, `host`, `daily`, `solo` or `review`. */
  kind: string;
  question: string;
  concept: string;
  choice: number;
  changes: number;
  hinted: Flag;
  correct: ColumnType<number | null, boolean | number | null, boolean | number | null>;
  at: number;
}

/** When a channel last had a question. */
interface AskedTable {
  channel: string;
  question: string;
  at: number;
}

/** Roll-up of the answer log of channel rounds. */
interface ScoreTable {
  workspace: string;
  learner: string;
  points: number;
  answers: number;
}

interface ScoreWeekTable extends ScoreTable {
  /** ISO week, `2026-W32`. */
  week: string;
}

/** Spaced review, one row for a learner and a concept. `missed` is the question they last got wrong, null once it is made good. */
export interface ReviewTable {
  learner: string;
  concept: string;
  due_at: number;
  stability: number;
  difficulty: number;
  reps: number;
  lapses: number;
  state: number;
  last_at: number;
  asked: number;
  correct: number;
  missed: string | null;
}

/** A person who has answered something. `named`: their name may be shown. `alias`: what instructors see instead. */
interface LearnerTable {
  id: string;
  name: string;
  named: Flag;
  alias: string;
  days: number;
  day: string;
  level: string;
  run: number;
  at: number;
}

/** The one open solo quiz of a learner. `content` is the current question as JSON. */
interface SoloTable {
  learner: string;
  id: string;
  state: string;
  content: string;
  at: number;
}

/** The question of the day of a channel; `round` is the one that is open. */
interface DailyTable {
  channel: string;
  workspace: string;
  place: string;
  hour: number;
  minute: number;
  zone: string;
  topic: string;
  concepts: string | null;
  level: string;
  starter: string;
  round: string | null;
}

/** How often an option was chosen; belongs to nobody and stays when people leave. */
interface PickCountTable {
  workspace: string;
  week: string;
  question: string;
  choice: number;
  concept: string;
  misconception: string | null;
  correct: Flag;
  picks: number;
}

declare module "../store/store.ts" {
  interface Tables {
    round: RoundTable;
    round_player: RoundPlayerTable;
    answer: AnswerTable;
    asked: AskedTable;
    score: ScoreTable;
    score_week: ScoreWeekTable;
    review: ReviewTable;
    learner: LearnerTable;
    solo: SoloTable;
    daily: DailyTable;
    pick_count: PickCountTable;
  }
}
