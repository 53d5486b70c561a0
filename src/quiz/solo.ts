import { climb, type Ladder } from "./adaptive.ts";
import type { Asked } from "./pick.ts";
import type { Topic } from "./topic.ts";

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
}

/** A session without a question yet. */
export function newSolo(kind: SoloState["kind"], topic: Topic, ladder: Ladder, count: number): SoloState {
  return { kind, topic, ladder, count, asked: [], hinted: false, chosen: null, right: 0 };
}

/** The session after the learner chose option `choice` of the current question. */
export function answerSolo(state: SoloState, choice: number, right: boolean): SoloState {
  return {
    ...state,
    chosen: choice,
    right: state.right + (right ? 1 : 0),
    // A question that comes back for review says little about the level of new ones.
    ladder: state.asked.at(-1)?.review ? state.ladder : climb(state.ladder, right),
  };
}

/** The session with a further question. */
export function askSolo(state: SoloState, asked: Asked, review: boolean): SoloState {
  return { ...state, asked: [...state.asked, { ...asked, review }], hinted: false, chosen: null };
}

/** Whether the last question has been answered. */
export function isDone(state: SoloState): boolean {
  return state.chosen !== null && state.asked.length >= state.count;
}
