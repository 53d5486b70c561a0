/** How much time a channel quiz gives. */
export type Pace = "relaxed" | "quick" | "none";
export const paces = ["relaxed", "quick", "none"] as const;

/** Every duration of a quiz, in milliseconds. Tests and the crash harness shrink them with {@link scaleTiming}. */
export interface Timing {
  /** Relaxed: this much, and `perWord` for each word of the question and its options. */
  base: number;
  perWord: number;
  quick: number;
  /** A message whose closing time is off by less is left as it is. */
  slack: number;
  /** What one press of More time adds. */
  more: number;
  /** After the last waited-for answer, so that it can still be changed. */
  grace: number;
  /** A question never closes early before this. */
  earliest: number;
  /** Shortest time between the reveal and the next question. */
  revealMin: number;
  perExplainedWord: number;
  revealMax: number;
  /** Shortest time between two "4 have answered" edits. */
  tally: number;
  lobby: number;
  /** A paused quiz closes with scores after this. */
  pausedFor: number;
  /** A question without a clock closes after this. */
  idle: number;
  /** The question of the day closes after this when no next day comes. */
  dailyIdle: number;
  /** A host-driven quiz in which nothing happens closes with scores after this. */
  hostIdle: number;
  /** Given on top of the lost time after a restart. */
  restartBonus: number;
  /** How long the live engine may take to decide a prediction. */
  decide: number;
  /** How often the program notes that it is alive: time lost in a crash is known this exactly. */
  beat: number;
  /** How long a message may take to appear before the quiz gives up waiting for it. */
  posting: number;
}

const second = 1000;
const minute = 60 * second;

export const defaultTiming: Timing = {
  base: 45 * second,
  perWord: second / 2,
  quick: 30 * second,
  slack: 2 * second,
  more: 30 * second,
  grace: 5 * second,
  earliest: 15 * second,
  revealMin: 8 * second,
  perExplainedWord: second / 4,
  revealMax: 30 * second,
  tally: 5 * second,
  lobby: 20 * second,
  pausedFor: 15 * minute,
  idle: 30 * minute,
  dailyIdle: 48 * 60 * minute,
  hostIdle: 120 * minute,
  restartBonus: 15 * second,
  decide: 60 * second,
  beat: 5 * second,
  posting: 10 * minute,
};

/** How often More time may be pressed for one question. */
export const moreTimes = 3;

/** The same proportions, `factor` times as long. */
export function scaleTiming(timing: Timing, factor: number): Timing {
  return Object.fromEntries(
    Object.entries(timing).map(([name, ms]) => [name, Math.max(1, ms * factor)]),
  ) as unknown as Timing;
}

/** How long a question of that many words stays open, in ms; null where the pace has no clock. */
export function questionTime(pace: Pace, words: number, timing: Timing): number | null {
  switch (pace) {
    case "relaxed":
      return Math.round(timing.base + timing.perWord * words);
    case "quick":
      return timing.quick;
    case "none":
      return null;
  }
}

/** How long an explanation of that many words stands before the next question, in ms. */
export function readingTime(words: number, timing: Timing): number {
  return Math.round(Math.min(timing.revealMax, timing.revealMin + timing.perExplainedWord * words));
}
