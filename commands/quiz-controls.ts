import { z } from "zod";
import { defineCommand } from "../src/core/command.ts";

/** What the buttons of a quiz press. People can type them too, but need not know them. */
const round = z.string().max(20).describe("The quiz, as its buttons name it");
const q = z.coerce.number().int().min(0).max(99).describe("The question, counted from 0");
const choice = z.coerce.number().int().min(0).max(9).describe("The option as shown, counted from 0");
const session = z.string().max(20).describe("The solo quiz, as its buttons name it");

const answer = defineCommand({
  name: "quiz answer",
  summary: "Answer the open question",
  hidden: true,
  options: z.object({ round, q, choice }),
  run: (options, context) => context.services.quiz.rounds.answer(context, options.round, options.q, options.choice),
});

const join = defineCommand({
  name: "quiz join",
  summary: "Have the quiz wait for your answers",
  hidden: true,
  options: z.object({ round }),
  run: (options, context) => context.services.quiz.rounds.join(context, options.round),
});

const hint = defineCommand({
  name: "quiz hint",
  summary: "A hint for the open question, only for you",
  hidden: true,
  options: z.object({ round, q }),
  run: (options, context) => context.services.quiz.rounds.hint(context, options.round, options.q),
});

const more = defineCommand({
  name: "quiz more",
  summary: "30 seconds more for everybody",
  hidden: true,
  options: z.object({ round: round.optional(), q: q.optional() }),
  run: (options, context) => context.services.quiz.rounds.more(context, options.round, options.q),
});

const go = defineCommand({
  name: "quiz go",
  summary: "Go on: skip, close, open or next",
  hidden: true,
  options: z.object({
    round: round.optional(),
    q: q.optional(),
    from: z.enum(["open", "revealed", "ready", "lobby"]).optional().describe("What the button's message showed"),
  }),
  run: (options, context) => context.services.quiz.rounds.go(context, options.round, options.q, options.from),
});

const pause = defineCommand({
  name: "quiz pause",
  summary: "Pause the quiz in this channel",
  hidden: true,
  options: z.object({ round: round.optional() }),
  run: (options, context) => context.services.quiz.rounds.pause(context, options.round),
});

const resume = defineCommand({
  name: "quiz resume",
  summary: "Go on with a paused quiz",
  hidden: true,
  options: z.object({ round: round.optional() }),
  run: (options, context) => context.services.quiz.rounds.resume(context, options.round),
});

const again = defineCommand({
  name: "quiz again",
  summary: "Play such a quiz once more",
  hidden: true,
  activity: "quiz",
  reach: "community",
  options: z.object({ round, missed: z.enum(["yes", "no"]).default("no").describe("Only what was missed: yes or no") }),
  run: (options, context) => context.services.quiz.rounds.again(context, options.round, options.missed === "yes"),
});

const mine = defineCommand({
  name: "quiz mine",
  summary: "What you answered in a quiz",
  hidden: true,
  options: z.object({ round }),
  run: (options, context) => context.services.quiz.rounds.mine(context, options.round),
});

const pick = defineCommand({
  name: "quiz pick",
  summary: "Answer your solo question",
  hidden: true,
  options: z.object({ solo: session, n: q, choice }),
  run: (options, context) => context.services.quiz.solo.pick(context, options.solo, options.n, options.choice),
});

const on = defineCommand({
  name: "quiz on",
  summary: "The next question of your solo quiz",
  hidden: true,
  options: z.object({ solo: session, n: q }),
  run: (options, context) => context.services.quiz.solo.next(context, options.solo, options.n),
});

const clue = defineCommand({
  name: "quiz clue",
  summary: "The hint of your solo question",
  hidden: true,
  options: z.object({ solo: session, n: q }),
  run: (options, context) => context.services.quiz.solo.clue(context, options.solo, options.n),
});

const leave = defineCommand({
  name: "quiz leave",
  summary: "Leave your solo quiz open for later",
  hidden: true,
  options: z.object({ solo: session }),
  run: (options, context) => context.services.quiz.solo.leave(context, options.solo),
});

export default [answer, join, hint, more, go, pause, resume, again, mine, pick, on, clue, leave];
