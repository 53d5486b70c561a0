import { button, controls, heading, press, type Reply, reply, text } from "../../core/reply.ts";
import { type BoardEntry, describeBoard, inRight } from "../record/board.ts";
import type { EndReason, RoundState } from "./round-state.ts";
import type { Pace } from "./timing.ts";

/** What the messages around the questions are drawn from. */
export interface RoundView {
  round: string;
  topic: string;
  state: RoundState;
  /** The starter's name, if they let it be shown. */
  starter: string | null;
  /** The questions come in the channel itself. */
  flat: boolean;
}

/** How a round went. */
export interface RoundResult {
  board: BoardEntry[];
  /** Concepts that at least 40 % got wrong, worst first. */
  missed: { title: string; right: number; answers: number }[];
  /** Whether the channel has not seen all the questions lately that such a round can have. */
  more: boolean;
}

/** The one channel message while the quiz runs. */
export function viewChannel(view: RoundView): Reply {
  const { round, topic, state, starter, flat } = view;
  const count = state.questions.length;
  return reply(
    heading(`Quiz: ${topic}`),
    text(
      `${count} ${count === 1 ? "question" : "questions"}, ${describePace(state)}.${starter ? ` Started by ${starter}.` : ""} ` +
        "Your answers are private; everybody sees the explanation after each question.",
    ),
    text(describeProgress(state, flat)),
    controls(
      button("Join", press("quiz join", { round }), "primary"),
      state.phase.name === "ready" && button("Open question 1", press("quiz go", { round, q: "0", from: "ready" })),
      state.phase.name === "lobby" && button("Start now", press("quiz go", { round, q: "0", from: "lobby" })),
      state.paused && button("Resume", press("quiz resume", { round })),
      button("Stop", press("quiz stop", { round })),
    ),
  );
}

function describeProgress({ phase, paused, position, questions, mode }: RoundState, flat: boolean): string {
  if (paused?.reason === "restart") return "Paused for a restart; it goes on by itself.";
  if (paused) return "Paused.";
  if (phase.name === "lobby") return "It starts in a moment. Press Join to be waited for.";
  if (phase.name === "ready") return "The host opens the first question.";
  const where =
    mode === "timed" || mode === "host"
      ? `Question ${position + 1} of ${questions.length} is ${flat ? "below" : "in the thread"}.`
      : "";
  return `${where} Press Join to be waited for; you can also answer without it.`.trim();
}

/** Words for a pace. */
function describePace({ mode, pace }: { mode: RoundState["mode"]; pace: Pace }): string {
  if (mode === "host") return "led by a host";
  switch (pace) {
    case "relaxed":
      return "relaxed pace";
    case "quick":
      return "quick pace, 30 seconds each";
    case "none":
      return "no clock";
  }
}

/** What the channel message becomes when the quiz has ended. */
export function viewResult(view: RoundView, result: RoundResult): Reply {
  const { round, topic, state } = view;
  return reply(
    heading(`Quiz ended: ${topic}`),
    text(`${describeEnd(state)} ${state.revealed} of ${state.questions.length} questions counted.`),
    text(describeScores(result)),
    describeMissed(result),
    controls(
      result.more
        ? button("Play again", press("quiz again", { round }), "primary")
        : button("Quiz on everything", press("quiz start", { topic: "all" }), "primary"),
      result.missed.length > 0 && button("Review what we missed", press("quiz again", { round, missed: "yes" })),
      result.board.length > 0 && button("My answers", press("quiz mine", { round })),
    ),
  );
}

/** What closes the thread: the scores once more, for those who have played there. */
export function viewThreadEnd({ round }: RoundView, result: RoundResult): Reply {
  return reply(
    heading("Scores"),
    text(describeScores(result)),
    controls(result.board.length > 0 && button("My answers", press("quiz mine", { round }))),
  );
}

function describeScores({ board }: RoundResult): string {
  return board.length === 0 ? "Nobody answered." : describeBoard(board, inRight);
}

function describeMissed({ missed }: RoundResult) {
  const list = missed.map(({ title, right, answers }) => `${title} (${right} of ${answers} right)`).join(", ");
  return list !== "" && text(`Worth another look: ${list}.`);
}

function describeEnd({ phase }: RoundState): string {
  const reason: EndReason = phase.name === "ended" ? phase.reason : "finished";
  switch (reason) {
    case "finished":
      return "That was the last question.";
    case "stopped":
      return "It was stopped early.";
    case "silence":
      return "It was paused and nobody resumed it, so it closed.";
    case "unreachable":
      return "I could not post here any more, so it closed.";
  }
}
