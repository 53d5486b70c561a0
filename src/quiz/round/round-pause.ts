import type { Effect, PauseReason, RoundState, Stepped } from "./round-state.ts";
import type { Timing } from "./timing.ts";

/** From Resume to the next question, in ms. */
const soon = 3000;

/** The round, waiting for Resume. */
export function pause(state: RoundState, reason: PauseReason, at: number, timing: Timing): Stepped {
  return {
    state: { ...state, paused: { reason, at, until: at + timing.pausedFor } },
    effects: [{ do: "edit-question" }, { do: "edit-channel" }],
  };
}

/** The round with the time of its pause given back, and `bonus` ms more. */
export function resume(state: RoundState, at: number, bonus: number): Stepped {
  const { paused, ...running } = state;
  if (!paused) return unchanged(state);
  const since = running.phase.name === "open" ? Math.max(paused.at, running.phase.at) : paused.at;
  const effects: Effect[] = [{ do: "edit-question" }, { do: "edit-channel" }];
  const shifted = shift(running, at - since + bonus);
  // Nobody reads an explanation again after a pause: go on soon.
  if (shifted.phase.name === "revealed") shifted.phase.until = Math.min(shifted.phase.until, at + soon);
  return { state: { ...shifted, silent: 0, starterSilent: 0 }, effects };
}

/** The round after the program was away since `lastAlive`. */
export function restart(state: RoundState, at: number, lastAlive: number, timing: Timing): Stepped {
  const bonus = state.bonuses < 3 ? timing.restartBonus : 0;
  const counted = { ...state, bonuses: state.bonuses + 1 };
  if (state.paused?.reason === "restart") return resume(counted, at, bonus);
  if (state.mode === "daily") return unchanged(state);
  const lost = Math.max(0, at - lastAlive);
  if (state.paused) return unchanged({ ...state, paused: { ...state.paused, until: state.paused.until + lost } });
  // Where messages do not outlive the program (a terminal), this shows the question again.
  const open = state.phase.name === "open";
  return { state: shift(counted, lost + bonus), effects: open ? [{ do: "edit-question" }] : [] };
}

function shift(state: RoundState, by: number): RoundState {
  if (state.phase.name === "ended") return state;
  return { ...state, phase: { ...state.phase, until: state.phase.until + by } };
}

function unchanged(state: RoundState): Stepped {
  return { state, effects: [] };
}
