import { emphasise } from "../../core/emphasis.ts";
import { button, controls, heading, press, type Reply, reply, text } from "../../core/reply.ts";
import type { Question } from "../../curriculum/schema.ts";
import { describeDecision, letters, whyOf } from "../view-question.ts";
import { isCounted, type SoloState } from "./solo.ts";

/** What a solo question is drawn from. */
export interface SoloView {
  id: string;
  state: SoloState;
  question: Question;
  correct(misconception: string): string | undefined;
  canShow: boolean;
  saw: readonly string[];
}

/** The current question, open or with its verdict. For the asker only. */
export function viewSolo(view: SoloView): Reply {
  return { ...(view.state.chosen === null ? viewOpen(view) : viewVerdict(view, view.state.chosen)), audience: "asker" };
}

function viewOpen(view: SoloView): Reply {
  const { id, state, question } = view;
  const n = String(state.asked.length - 1);
  return reply(
    heading(titleOf(view)),
    text(question.text),
    text(
      shownOptions(view)
        .map(({ letter, option }) => `**${letter}.** ${option.text}`)
        .join("\n"),
    ),
    state.hinted && text(`**Hint:** ${question.hint}`),
    controls(
      ...shownOptions(view).map(({ letter, place }) =>
        button(letter, press("quiz pick", { solo: id, n, choice: String(place) })),
      ),
    ),
    controls(
      !state.hinted && button("Hint", press("quiz clue", { solo: id, n })),
      button("Stop here", press("quiz leave", { solo: id })),
    ),
  );
}

function viewVerdict(view: SoloView, chosen: number): Reply {
  const { id, state, question } = view;
  const options = shownOptions(view);
  const mine = options.find(({ index }) => index === chosen);
  const right = options.find(({ option }) => option.right);
  if (!mine || !right) return reply(text(question.explanation));
  const why = (shown: typeof mine) => {
    const reason = whyOf(shown.option, view);
    return reason ? `\n${emphasise(reason)}` : "";
  };
  if (!isCounted(state)) return viewVoided(view, mine);
  const won = mine.option.right;
  const done = state.asked.length >= state.count;
  return reply(
    heading(won ? "Correct" : "Not quite"),
    text(emphasise(question.text)),
    text(`You chose **${mine.letter}**: ${mine.option.text}${why(mine)}`),
    !won && text(`Right is **${right.letter}**: ${right.option.text}${why(right)}`),
    text(`**Why:** ${question.explanation}`),
    state.decided != null && text(describeDecision(state.decided, view.saw)),
    text(
      done
        ? summary(state)
        : `${state.right} of ${countedOf(state)} right so far.${won ? "" : " This one comes back in a later quiz."}`,
    ),
    controls(
      !done && button("Next", press("quiz on", { solo: id, n: String(state.asked.length - 1) }), "primary"),
      done && button("Another round", press("quiz solo", { topic: topicOf(state) }), "primary"),
      done && state.right < countedOf(state) && button("Review what I missed", press("quiz review")),
      view.canShow &&
        question.experiment !== undefined &&
        button("Show me", press("show", { experiment: question.experiment })),
      button("Explain differently", press("concept", { name: question.concept, level: "deeper" })),
      done && button("My progress", press("progress")),
    ),
  );
}

/** What is shown when the run did something else than the question says: nobody was wrong. */
function viewVoided(view: SoloView, { letter, option }: ReturnType<typeof shownOptions>[number]): Reply {
  const { id, state, question } = view;
  const done = state.asked.length >= state.count;
  return reply(
    heading("This one does not count"),
    text(emphasise(question.text)),
    text(`You chose **${letter}**: ${option.text}`),
    state.decided != null && text(describeDecision(state.decided, view.saw)),
    done && text(summary(state)),
    controls(
      done
        ? button("Another round", press("quiz solo", { topic: topicOf(state) }), "primary")
        : button("Next", press("quiz on", { solo: id, n: String(state.asked.length - 1) }), "primary"),
    ),
  );
}

const countedOf = ({ asked, voided = 0 }: SoloState): number => asked.length - voided;

/** The words at the end of a session. */
export function summary(state: SoloState): string {
  const { right } = state;
  const missed = countedOf(state) - right;
  const back = missed > 0 ? " What you missed comes back in a later quiz." : "";
  return `That was the last question: **${right} of ${countedOf(state)}** right.${back}`;
}

function shownOptions({ state, question }: SoloView) {
  return (state.asked.at(-1)?.order ?? []).flatMap((index, place) => {
    const option = question.options[index];
    return option ? [{ letter: letters[place] ?? String(place + 1), option, index, place }] : [];
  });
}

function titleOf({ state, question }: SoloView): string {
  const again = state.asked.at(-1)?.review ? ", back for review" : "";
  return `Question ${state.asked.length} of ${state.count} (${question.level}${again})`;
}

function topicOf({ topic }: SoloState): string {
  return topic.concepts?.length === 1 ? (topic.concepts[0] ?? "all") : "all";
}
