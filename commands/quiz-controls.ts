import { z } from "zod";
import { type Command, defineCommand } from "../src/core/command.ts";
import type { Context } from "../src/core/context.ts";

const round = z.string().max(20).describe("The quiz, as its buttons name it");
const q = z.coerce.number().int().min(0).max(99).describe("The question, counted from 0");
const choice = z.coerce.number().int().min(0).max(9).describe("The option as shown, counted from 0");
const solo = z.string().max(20).describe("The solo quiz, as its buttons name it");

const from = z.enum(["open", "revealed", "ready", "lobby"]).optional().describe("What the button's message showed");
const missed = z.enum(["yes", "no"]).default("no").describe("Only what was missed: yes or no");

/** What a button of a quiz presses. People can type it too, but need not know it. */
function control<O extends z.ZodObject>(
  name: string,
  summary: string,
  options: O,
  run: (quiz: Context["services"]["quiz"], context: Context, options: z.output<O>) => ReturnType<Command["run"]>,
  more: Pick<Command, "activity" | "reach"> = {},
): Command {
  return defineCommand({
    ...{ name: `quiz ${name}`, summary, hidden: true, options, ...more },
    run: (given: z.output<O>, context) => run(context.services.quiz, context, given),
  });
}

/** The buttons of a quiz in a channel. Without a round, the one that runs where they are typed. */
const inChannel = [
  control("answer", "Answer the open question", z.object({ round, q, choice }), ({ rounds }, who, given) =>
    rounds.answer(who, given.round, given.q, given.choice),
  ),
  control("join", "Have the quiz wait for your answers", z.object({ round }), ({ rounds }, who, given) =>
    rounds.join(who, given.round),
  ),
  control("hint", "A hint for the open question, only for you", z.object({ round, q }), ({ rounds }, who, given) =>
    rounds.hint(who, given.round, given.q),
  ),
  control(
    "more",
    "30 seconds more for everybody",
    z.object({ round: round.optional(), q: q.optional() }),
    ({ rounds }, who, given) => rounds.more(who, given.round, given.q),
  ),
  control(
    "go",
    "Go on: skip, close, open or next",
    z.object({ round: round.optional(), q: q.optional(), from }),
    ({ rounds }, who, given) => rounds.go(who, given.round, given.q, given.from),
  ),
  control("pause", "Pause the quiz in this channel", z.object({ round: round.optional() }), ({ rounds }, who, given) =>
    rounds.pause(who, given.round),
  ),
  control("resume", "Go on with a paused quiz", z.object({ round: round.optional() }), ({ rounds }, who, given) =>
    rounds.resume(who, given.round),
  ),
  control(
    "again",
    "Play such a quiz once more",
    z.object({ round, missed }),
    ({ rounds }, who, given) => rounds.again(who, given.round, given.missed === "yes"),
    { activity: "quiz", reach: "community" },
  ),
  control("mine", "What you answered in a quiz", z.object({ round }), ({ rounds }, who, given) =>
    rounds.mine(who, given.round),
  ),
];

/** The buttons of a solo quiz; `n` is the question they stood under. */
const alone = [
  control("pick", "Answer your solo question", z.object({ solo, n: q, choice }), (quiz, who, given) =>
    quiz.solo.pick(who, given.solo, given.n, given.choice),
  ),
  control("on", "The next question of your solo quiz", z.object({ solo, n: q }), (quiz, who, given) =>
    quiz.solo.next(who, given.solo, given.n),
  ),
  control("clue", "The hint of your solo question", z.object({ solo, n: q }), (quiz, who, given) =>
    quiz.solo.clue(who, given.solo, given.n),
  ),
  control("leave", "Leave your solo quiz open for later", z.object({ solo }), (quiz, who, given) =>
    quiz.solo.leave(who, given.solo),
  ),
];

export default [...inChannel, ...alone];
