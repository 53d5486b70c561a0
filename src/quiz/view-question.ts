import { emphasise } from "../core/emphasis.ts";
import { moment } from "../core/moment.ts";
import { button, type Control, controls, heading, press, type Reply, reply, text } from "../core/reply.ts";
import type { Question } from "../curriculum/schema.ts";
import type { Decision, RoundState } from "./round/round-state.ts";
import { moreTimes } from "./round/timing.ts";

/** The letters of the shown options. */
export const letters = ["A", "B", "C", "D", "E"] as const;

/** What a question's message is drawn from. */
export interface QuestionView {
  round: string;
  state: RoundState;
  position: number;
  question: Question;
  /** Answers per option index (not per shown place). */
  picks: readonly number[];
  /** Correction of a misconception by id. */
  correct(misconception: string): string | undefined;
  /** Whether experiments can be shown live. */
  canShow: boolean;
  /** What the experiment of a prediction showed. */
  saw: readonly string[];
  /** The question of the day stands alone, without a number. */
  title?: string;
}

/** The one message of a question, in whatever state the round is. */
export function viewQuestion(view: QuestionView): Reply {
  const { state, position } = view;
  const revealed = position < state.revealed;
  const cut = !revealed && state.phase.name === "ended";
  return revealed || cut ? viewReveal(view, cut) : viewOpen(view);
}

function viewOpen(view: QuestionView): Reply {
  const { round, state, position, question } = view;
  const { phase, paused } = state;
  const answers = total(view.picks);
  const q = String(position);
  const taking = !paused && (phase.name === "open" || phase.name === "posting");
  const options = optionOrder(view).map(({ letter, option }) => `**${letter}.** ${option.text}`);
  return reply(
    heading(titleOf(view)),
    text(question.text),
    text(options.join("\n")),
    text(
      [describeState(view), answers > 0 && `${answers} ${answers === 1 ? "has" : "have"} answered.`]
        .filter(Boolean)
        .join(" "),
    ),
    taking &&
      controls(
        ...optionOrder(view).map(({ letter, place }) =>
          button(letter, press("quiz answer", { round, q, choice: String(place) })),
        ),
      ),
    controls(...openControls(view)),
  );
}

function openControls({ round, state, position }: QuestionView): Control[] {
  const { phase, paused, mode } = state;
  const q = String(position);
  if (paused)
    return [
      button("Resume", press("quiz resume", { round }), "primary"),
      button("Stop", press("quiz stop", { round })),
    ];
  if (phase.name !== "open" && phase.name !== "posting") return [];
  const hint = button("Hint", press("quiz hint", { round, q }));
  if (mode === "daily") return [hint];
  if (mode === "host") return [hint, button("Close question", press("quiz go", { round, q, from: "open" }))];
  const more = phase.name === "open" ? phase.clock && phase.moreUsed < moreTimes : phase.closes !== null;
  return [
    hint,
    ...(more ? [button("More time", press("quiz more", { round, q }))] : []),
    button("Skip", press("quiz go", { round, q, from: "open" })),
    button("Pause", press("quiz pause", { round })),
  ];
}

function describeState({ state, question }: QuestionView): string {
  const { phase, paused, mode } = state;
  const predicted = question.experiment ? "Commit to a prediction: a real run decides. " : "";
  if (paused?.reason === "restart")
    return "Paused for a restart. Your answers are safe, and the lost time is given back.";
  if (paused) return `Paused. It goes on with Resume; without it the quiz closes at ${moment(paused.until)}.`;
  if (phase.name === "deciding") return "Answers are closed. The run decides now.";
  const closes = phase.name === "posting" ? phase.closes : phase.name === "open" && phase.clock ? phase.until : null;
  if (closes !== null) return `${predicted}It closes at ${moment(closes)}.`;
  if (mode === "daily") return `${predicted}The answer comes with the next question of the day.`;
  if (mode === "host") return `${predicted}The host closes this question.`;
  return `${predicted}Take your time.`;
}

function viewReveal(view: QuestionView, cut: boolean): Reply {
  const { state, position, question, round } = view;
  const decided = state.decided[position];
  const held = decided?.held ?? true;
  const lines = optionOrder(view).map(({ letter, option, index }) => {
    const count = view.picks[index] ?? 0;
    const why = whyOf(option, view);
    const label = option.right && held ? `**${letter}. Correct:**` : `**${letter}.**`;
    return `${label} ${option.text} (${count} ${count === 1 ? "answer" : "answers"})${why ? `\n${emphasise(why)}` : ""}`;
  });
  const last = position + 1 >= state.questions.length;
  const waiting = state.phase.name === "revealed" && position === state.position;
  const starved = waiting && state.paused?.reason === "silence";
  return reply(
    heading(titleOf(view)),
    text(question.text),
    text(lines.join("\n")),
    text(`**Why:** ${question.explanation}`),
    decided && text(describeDecision(decided, view.saw)),
    cut && text("The quiz ended before this question closed, so it counts for nobody."),
    starved &&
      text(
        `Nobody answered two questions in a row, so the quiz waits. Without Resume it closes at ${moment(state.paused?.until ?? 0)}.`,
      ),
    controls(
      view.canShow &&
        question.experiment !== undefined &&
        button("Show me", press("show", { experiment: question.experiment })),
      button("Explain differently", press("quiz explain", { name: question.concept })),
      waiting &&
        !last &&
        !state.paused &&
        button("Next", press("quiz go", { round, q: String(position), from: "revealed" })),
      waiting && state.paused !== undefined && button("Resume", press("quiz resume", { round }), "primary"),
    ),
  );
}

/** How a prediction was decided, as Markdown; `saw` is what the recorded run showed. */
export function describeDecision({ held, live, shown }: Decision, saw: readonly string[]): string {
  if (!held) return "The engine did something else this time, so this question counts for nobody.";
  const lines = shown ? [shown] : saw.map((line) => `- ${line}`);
  return [live ? "**Decided by a live run:**" : "**Decided by the recorded run:**", ...lines].join("\n");
}

/** Why an option is right or wrong: its own reason, else the correction of its misconception. */
export function whyOf(option: Question["options"][number], { correct }: Pick<QuestionView, "correct">): string {
  return option.why ?? (option.misconception ? correct(option.misconception) : undefined) ?? "";
}

function optionOrder({ state, position, question }: QuestionView) {
  const order = state.questions[position]?.order ?? question.options.map((_, index) => index);
  return order.flatMap((index, place) => {
    const option = question.options[index];
    return option ? [{ letter: letters[place] ?? String(place + 1), option, index, place }] : [];
  });
}

function titleOf({ title, position, state }: QuestionView): string {
  return title ?? `Question ${position + 1} of ${state.questions.length}`;
}

function total(picks: readonly number[]): number {
  return picks.reduce((sum, count) => sum + count, 0);
}
