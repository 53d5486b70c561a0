import type { Asked } from "../round/pick.ts";
import type { Decision } from "../round/round-state.ts";
import type { Topic } from "../topic.ts";
import { climb, type Ladder } from "./adaptive.ts";

/** A learner's own quiz as it is stored; it waits for them for as long as they like. */
export interface SoloState {
  /** `review` asks only what was missed. */
  kind: "solo" | "review";
  topic: Topic;
  ladder: Ladder;
  count: number;
  /** Questions of this session so far, the current one last. */
  asked: (Asked & { review: boolean })[];
  hinted: boolean;
  /** The chosen option of the current question; null while it is open. */
  chosen: number | null;
  right: number;
  /** How the current question was decided, if it is a prediction and answered. Sessions of before have none. */
  decided?: Decision | null;
  /** Questions that count for nobody, because their run did something else. */
  voided?: number;
}

/** A session without a question yet. */
export function newSolo(kind: SoloState["kind"], topic: Topic, ladder: Ladder, count: number): SoloState {
  return { kind, topic, ladder, count, asked: [], hinted: false, chosen: null, right: 0 };
}

/** Whether the answered question counts. */
export const isCounted = ({ decided }: SoloState): boolean => decided?.held !== false;

/** The session after the learner chose option `choice` of the current question. */
export function answerSolo(state: SoloState, choice: number, right: boolean, decided: Decision | null): SoloState {
  if (decided?.held === false) return { ...state, chosen: choice, decided, voided: (state.voided ?? 0) + 1 };
  return {
    ...state,
    chosen: choice,
    decided,
    right: state.right + (right ? 1 : 0),
    // A question that comes back for review says little about the level of new ones.
    ladder: state.asked.at(-1)?.review ? state.ladder : climb(state.ladder, right),
  };
}

/** The session with a further question. */
export function askSolo(state: SoloState, asked: Asked, review: boolean): SoloState {
  return { ...state, asked: [...state.asked, { ...asked, review }], hinted: false, chosen: null, decided: null };
}

/** Whether the last question has been answered. */
export function isDone(state: SoloState): boolean {
  return state.chosen !== null && state.asked.length >= state.count;
}
