import { pause, restart, resume } from "./round-pause.ts";
import type {
  CloseFacts,
  Decision,
  Effect,
  EndReason,
  Phase,
  Refusal,
  RoundEvent,
  RoundState,
  Stepped,
} from "./round-state.ts";
import { moreTimes, questionTime, readingTime, type Timing } from "./timing.ts";

/** A new round before anything is shown. */
export function newRound(
  { mode, pace, questions, lobby }: Pick<RoundState, "mode" | "pace" | "questions"> & { lobby: boolean },
  at: number,
  timing: Timing,
): Stepped {
  const phase: Phase =
    mode === "host"
      ? { name: "ready", until: at + timing.hostIdle }
      : lobby
        ? { name: "lobby", until: at + timing.lobby }
        : posting({ mode, pace, questions }, 0, at, timing);
  const state: RoundState = {
    mode,
    pace,
    questions,
    position: 0,
    phase,
    revealed: 0,
    silent: 0,
    starterSilent: 0,
    bonuses: 0,
    decided: {},
  };
  return { state, effects: phase.name === "posting" ? [{ do: "post-question" }] : [] };
}

function posting(
  { mode, pace, questions }: Pick<RoundState, "mode" | "pace" | "questions">,
  position: number,
  at: number,
  timing: Timing,
): Phase {
  const given = mode === "timed" ? questionTime(pace, questions[position]?.words ?? 0, timing) : null;
  const until = at + (mode === "daily" ? timing.dailyIdle : timing.posting);
  return { name: "posting", until, closes: given === null ? null : at + given };
}

/** When the round must be woken next, in ms since the epoch; null when it has ended or waits for people only. */
export function wakeAt(state: RoundState): number | null {
  if (state.phase.name === "ended") return null;
  return state.paused ? state.paused.until : state.phase.until;
}

/** Whether an answer to the current question is taken now. */
export function takesAnswers({ phase, paused }: RoundState): boolean {
  return !paused && (phase.name === "open" || phase.name === "posting");
}

/** The next state and what to do about it, or why the event is refused. Pure: the same input gives the same output. */
export function step(state: RoundState, event: RoundEvent, timing: Timing): Stepped | Refusal {
  if (state.phase.name === "ended") return "ended";
  switch (event.type) {
    case "sent":
      return startClock(state, event.position, event.at, timing);
    case "answered":
      return event.everyone ? closeSoon(state, event.at, timing) : same(state);
    case "more-time":
      return addTime(state, event.at, timing);
    case "pause":
      if (state.paused) return "paused";
      return pause(state, "person", event.at, timing);
    case "shutdown":
      if (state.paused) return same(state);
      return state.mode === "timed" ? pause(state, "restart", event.at, timing) : same(state);
    case "resume":
      return state.paused ? resume(state, event.at, 0) : "not-paused";
    case "restarted":
      return restart(state, event.at, event.lastAlive, timing);
    case "stop":
      return end(state, "stopped", event.at);
    case "unreachable":
      return end(state, "unreachable", event.at);
    case "decided":
      if (state.phase.name !== "deciding" || event.position !== state.position) return same(state);
      return reveal(decide(state, event.decision), event.at, timing);
    case "advance":
      if (state.paused) return "paused";
      if (event.position !== state.position || event.from !== state.phase.name) return "moved-on";
      return advance(state, event, timing, true);
    case "wake":
      if (event.at < (wakeAt(state) ?? Number.POSITIVE_INFINITY)) return same(state);
      return state.paused ? end(state, "silence", event.at) : advance(state, event, timing, false);
  }
}

const same = (state: RoundState): Stepped => ({ state, effects: [] });

function startClock(state: RoundState, position: number, at: number, timing: Timing): Stepped {
  const question = state.questions[position];
  const { phase: before } = state;
  if (before.name !== "posting" || position !== state.position || !question) return same(state);
  const given = state.mode === "timed" ? questionTime(state.pace, question.words, timing) : null;
  const unclocked = { timed: timing.idle, host: timing.hostIdle, daily: timing.dailyIdle }[state.mode];
  const phase: Phase = {
    name: "open",
    at,
    until: at + (given ?? unclocked),
    clock: given !== null,
    moreUsed: 0,
  };
  const late = given !== null && Math.abs(phase.until - (before.closes ?? 0)) > timing.slack;
  return { state: { ...state, phase }, effects: late ? [{ do: "edit-question" }] : [] };
}

function closeSoon(state: RoundState, at: number, timing: Timing): Stepped {
  const { phase } = state;
  if (state.mode !== "timed" || phase.name !== "open") return same(state);
  const until = Math.min(phase.until, Math.max(at + timing.grace, phase.at + timing.earliest));
  return same({ ...state, phase: { ...phase, until } });
}

function addTime(state: RoundState, at: number, timing: Timing): Stepped | Refusal {
  const { phase } = state;
  if (state.paused) return "paused";
  if (phase.name !== "open") return "not-open";
  if (!phase.clock) return "no-clock";
  if (phase.moreUsed >= moreTimes) return "no-more-time";
  const longer: Phase = { ...phase, until: Math.max(phase.until, at) + timing.more, moreUsed: phase.moreUsed + 1 };
  return { state: { ...state, phase: longer }, effects: [{ do: "edit-question" }] };
}

function end(state: RoundState, reason: EndReason, at: number): Stepped {
  const { paused: _, ...rest } = state;
  const shown = ["open", "posting", "deciding", "revealed"].includes(state.phase.name);
  return {
    state: { ...rest, phase: { name: "ended", at, reason } },
    // An unfinished question is revealed as well, since its explanation is what people came for; it counts for nobody.
    effects: [...(shown || state.paused ? [{ do: "edit-question" as const }] : []), { do: "finish" }],
  };
}

function advance(
  state: RoundState,
  event: CloseFacts & { at: number },
  timing: Timing,
  pressed: boolean,
): Stepped | Refusal {
  const { phase } = state;
  const { at } = event;
  switch (phase.name) {
    case "lobby":
      return postQuestion(state, at, timing);
    case "ready":
      return pressed ? postQuestion(state, at, timing) : end(state, "silence", at);
    case "posting":
      return pressed ? "moved-on" : end(state, "unreachable", at);
    case "open":
      return close(state, event, timing);
    case "deciding":
      return pressed ? "moved-on" : reveal(decide(state, { held: true, live: false }), at, timing);
    case "revealed":
      if (pressed && state.mode === "timed" && at < phase.at + timing.revealMin) {
        const until = Math.min(phase.until, phase.at + timing.revealMin);
        return same({ ...state, phase: { ...phase, until } });
      }
      return afterReveal(state, at, timing, pressed);
    case "ended":
      return "ended";
  }
}

function postQuestion(state: RoundState, at: number, timing: Timing): Stepped {
  return {
    state: { ...state, phase: posting(state, state.position, at, timing), bonuses: 0 },
    effects: [{ do: "edit-channel" }, { do: "post-question" }],
  };
}

function close(
  state: RoundState,
  { at, answers, starterAnswered }: CloseFacts & { at: number },
  timing: Timing,
): Stepped {
  const counted = {
    ...state,
    silent: answers === 0 ? state.silent + 1 : 0,
    starterSilent: starterAnswered ? 0 : state.starterSilent + 1,
  };
  const experiment = state.questions[state.position]?.experiment;
  if (experiment === undefined) return reveal(counted, at, timing);
  return {
    state: { ...counted, phase: { name: "deciding", until: at + timing.decide } },
    effects: [{ do: "edit-question" }, { do: "decide", experiment }],
  };
}

function decide(state: RoundState, decision: Decision): RoundState {
  return { ...state, decided: { ...state.decided, [state.position]: decision } };
}

function reveal(state: RoundState, at: number, timing: Timing): Stepped {
  const words = state.questions[state.position]?.explainedWords ?? 0;
  const reading = state.mode === "host" ? timing.hostIdle : readingTime(words, timing);
  const revealed: RoundState = {
    ...state,
    revealed: state.position + 1,
    phase: { name: "revealed", at, until: at + reading },
  };
  const effects: Effect[] = [{ do: "score" }, { do: "edit-question" }];
  const last = state.position + 1 >= state.questions.length;
  if (last) {
    return { state: end(revealed, "finished", at).state, effects: [...effects, { do: "finish" }] };
  }
  if (state.mode === "timed" && state.silent >= 2) {
    const paused = pause(revealed, "silence", at, timing);
    return { state: paused.state, effects: [...effects, { do: "edit-channel" }] };
  }
  return { state: revealed, effects };
}

function afterReveal(state: RoundState, at: number, timing: Timing, pressed: boolean): Stepped {
  if (state.mode === "host" && !pressed) return end(state, "silence", at);
  const next = postQuestion({ ...state, position: state.position + 1 }, at, timing);
  // The one that is left offers "Next" no longer.
  return { ...next, effects: [{ do: "edit-question", position: state.position }, ...next.effects] };
}
