import type { Asked } from "./pick.ts";
import type { Pace } from "./timing.ts";

/** `timed` runs by the clock, `host` by an instructor's presses, `daily` is one question until the next day. */
export type Mode = "timed" | "host" | "daily";
export type EndReason = "finished" | "stopped" | "silence" | "unreachable";

/** What a round is doing; all times in ms since the epoch. */
export type Phase =
  | { name: "lobby"; until: number }
  /** Host-driven: the next question waits for the host. */
  | { name: "ready"; until: number }
  /** The question is on its way; its clock starts when the platform has confirmed it. `closes` is what its message says. Answers already count. */
  | { name: "posting"; until: number; closes: number | null }
  | { name: "open"; at: number; until: number; clock: boolean; moreUsed: number }
  /** Answers are closed and the engine decides a prediction. */
  | { name: "deciding"; until: number }
  | { name: "revealed"; at: number; until: number }
  | { name: "ended"; at: number; reason: EndReason };

export type PauseReason = "silence" | "person" | "restart";

/** One question with what the rules need of it. */
export interface RoundQuestion extends Asked {
  concept: string;
  words: number;
  explainedWords: number;
  /** Predict-then-run: the experiment that decides. */
  experiment?: string;
}

/** A round as it is stored. Who answered what is in the answer log, never here. */
export interface RoundState {
  mode: Mode;
  pace: Pace;
  questions: RoundQuestion[];
  position: number;
  phase: Phase;
  paused?: { reason: PauseReason; at: number; until: number };
  /** How many questions have been revealed and counted, from the first. */
  revealed: number;
  /** Questions in a row that nobody answered, and that the starter did not answer. */
  silent: number;
  starterSilent: number;
  /** Restarts during the open question that were paid for with bonus time. */
  bonuses: number;
  /** The outcome of each prediction that was decided, by position. */
  decided: Record<number, Decision>;
}

/** How a prediction was decided. */
export interface Decision {
  /** Whether the run went as the question says; if not, the question counts for nobody. */
  held: boolean;
  live: boolean;
  /** What the live run showed, in Markdown, at most about ten lines. */
  shown?: string;
}

/** What happened; `at` is now in ms. Counts come from the answer log at that moment. */
export type RoundEvent = { at: number } & (
  | { type: "sent"; position: number }
  | { type: "answered"; everyone: boolean }
  | { type: "more-time" | "pause" | "stop" | "unreachable" | "shutdown" }
  | { type: "resume" }
  /** Skip, close, next, open or start now, pressed where the round showed that question in that phase. */
  | ({ type: "advance"; position: number; from: Phase["name"] } & CloseFacts)
  | ({ type: "wake" } & CloseFacts)
  | { type: "decided"; position: number; decision: Decision }
  | { type: "restarted"; lastAlive: number }
);

/** What the log says about the open question. */
export interface CloseFacts {
  answers: number;
  starterAnswered: boolean;
}

/** What must be done with the new state, in this order, in the transaction that stores it. */
export type Effect =
  | { do: "post-question" }
  /** The current question without `position`. */
  | { do: "edit-question"; position?: number }
  | { do: "edit-channel" }
  | { do: "score" }
  | { do: "decide"; experiment: string }
  | { do: "finish" };

export interface Stepped {
  state: RoundState;
  effects: Effect[];
}

/** Why an event does not fit; the state stays as it was. */
export type Refusal = "ended" | "paused" | "not-paused" | "not-open" | "no-more-time" | "no-clock" | "moved-on";
