import {
  type Block,
  button,
  code,
  controls,
  heading,
  press,
  type Reply,
  reply,
  type Step,
  steps,
  text,
} from "../core/reply.ts";
import type { Experiment } from "../curriculum/schema.ts";
import type { Performance, PlayedCommand } from "./play.ts";

/** Longest output shown for one command, in lines and characters; a cut is said. */
const shownLines = 12;
const shownCharacters = 600;

/** What the learner foretold, from 1; 0 when they skipped. */
export type Guess = number;

/** Where a run comes from: the engine in front of the learner, or a recording and a sentence that says why. */
export type Origin = { live: true; run: string } | { live: false; engine: string; date: string; why: string };

/** The question that comes before the run. */
export function viewPrediction(experiment: Experiment): Reply {
  const { question, options } = experiment.predict;
  const show = (guess: number) => press("show", { experiment: experiment.id, guess: String(guess) });
  return reply(
    heading(experiment.title),
    text(`${experiment.proves}\n\nFirst a guess: **${question}**`),
    text(options.map((option, index) => `${letter(index + 1)}. ${option}`).join("\n")),
    controls(...options.map((_, index) => button(letter(index + 1), show(index + 1))), button("Skip", show(0))),
  );
}

/** A run while it goes on, and when it has ended. */
export function viewPerformance(
  experiment: Experiment,
  performance: Performance,
  guess: Guess,
  origin: Origin,
  offers: { sandbox: boolean; quiz: boolean },
): Reply {
  const ended = performance.end !== undefined;
  const plan: Step[] = experiment.steps.map(({ title }, index) => ({
    title,
    state: performance.steps[index]?.state ?? "waiting",
  }));
  return reply(
    heading(experiment.title),
    !origin.live && text(`_Recorded on Docker Engine ${origin.engine}, ${origin.date}. ${origin.why}_`),
    steps(plan),
    ...experiment.steps.flatMap((step, index): Block[] => {
      const played = performance.steps[index];
      if (!played?.commands.length) return [];
      return [
        code(played.commands.map(showCommand).join("\n"), "console"),
        ...(played.state === "done" ? [text(step.meaning)] : []),
      ];
    }),
    ...(performance.picture ?? []),
    ended && text(closing(experiment, performance, guess, origin)),
    ended
      ? controls(...followUps(experiment, offers))
      : origin.live && controls(button("Stop", press("show stop", { run: origin.run }), "danger")),
  );
}

function showCommand({ command, output, difference }: PlayedCommand): string {
  const lines = output.trimEnd().split("\n");
  const shown = lines.slice(0, shownLines).join("\n").slice(0, shownCharacters);
  const cut = shown.length < output.trimEnd().length ? "\n… (cut)" : "";
  const typed = command.split("\n").map((line, index) => `${index ? "> " : "$ "}${line}`);
  return [...typed, ...(shown ? [shown + cut] : []), ...(difference ? [`(not as expected: ${difference})`] : [])].join(
    "\n",
  );
}

function closing(experiment: Experiment, performance: Performance, guess: Guess, origin: Origin): string {
  const removed = origin.live ? "\n\nThe containers and images of this run are removed." : "";
  if (performance.end === "stopped") return `Stopped.${removed}`;
  if (performance.end === "differed") {
    return `This engine behaved differently from what the card says, so do not take it as proof. The host has been told.${removed}`;
  }
  const { answer, options } = experiment.predict;
  const verdict =
    guess === 0
      ? ""
      : guess === answer
        ? "Your guess was right.\n"
        : `Your guess was ${letter(guess)}; it was ${letter(answer)}: ${options[answer - 1]}.\n`;
  return `${verdict}**What you saw**\n${experiment.saw.map((line) => `- ${line}`).join("\n")}${removed}`;
}

function followUps(experiment: Experiment, offers: { sandbox: boolean; quiz: boolean }) {
  return [
    button("Explain why", press("concept", { name: experiment.concept })),
    offers.sandbox && button("Try it yourself", press("sandbox try", { concept: experiment.concept })),
    offers.quiz && button("Quiz me on this", press("quiz solo", { topic: experiment.concept })),
    button("Run again", press("show", { experiment: experiment.id, guess: "0" })),
  ];
}

const letter = (number: number): string => String.fromCharCode(64 + number);
