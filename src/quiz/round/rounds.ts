import type { Caller, Context, Place } from "../../core/context.ts";
import { UserError } from "../../core/errors.ts";
import { channelKey, opensThread, workspaceKey } from "../../core/place-key.ts";
import { button, press, privately, type Reply, reply, text } from "../../core/reply.ts";
import type { Question } from "../../curriculum/schema.ts";
import type { Tx } from "../../store/store.ts";
import type { QuizParts } from "../parts.ts";
import { seededRandom } from "../shuffle.ts";
import type { Level } from "../solo/adaptive.ts";
import { questionsOf, type Topic } from "../topic.ts";
import { recentIn } from "./asked.ts";
import { askOf, pickRound, wordsOf } from "./pick.ts";
import { refuseUnposted } from "./refusals.ts";
import { newRound, wakeAt } from "./round.ts";
import type { RoundKeeper } from "./round-keeper.ts";
import { messageKeys, type RoundMessages } from "./round-messages.ts";
import { activeRound, insertRound, type Round } from "./round-rows.ts";
import type { Mode, RoundQuestion } from "./round-state.ts";
import type { Pace } from "./timing.ts";

/** What a channel quiz is started with. */
export interface RoundOptions {
  topic: Topic;
  level: Level | "mixed";
  count: number;
  pace: Pace;
  mode: Exclude<Mode, "daily">;
  lobby: boolean;
  /** Questions that were shown here lately may come again, after all others. */
  repeats?: boolean;
}

/** How long (ms) the starter waits to hear whether the quiz stands in the channel. */
const waitFor = 5000;

/** Starts channel quizzes. */
export function createRounds(parts: QuizParts, messages: RoundMessages, keeper: RoundKeeper) {
  const { store, outbox, timing, curriculum } = parts;

  /**
   * Starts a quiz where the caller is; everything of it is stored before anything is shown. Throws a UserError when it cannot start, also
   * when the platform does not take its first message: then there is no quiz.
   */
  async function start(caller: Caller | Context, options: RoundOptions): Promise<Reply> {
    const { place, person } = caller;
    if (place.direct) {
      throw new UserError("A quiz for several people needs a channel. Here, `quiz solo` quizzes you alone.", [
        button("Quiz me alone", press("quiz solo")),
      ]);
    }
    const { value } = await store.once(caller.event, async (tx): Promise<{ reply: Reply; awaits: string[] }> => {
      await refuseSecond(tx, place);
      const id = parts.newId();
      // The seed is kept apart from the id: ids stand in controls, and nothing there may tell an order.
      const seed = parts.newId() + parts.newId();
      const questions = await draw(tx, place, options, seed);
      const round = roundOf({ id, seed, starter: person.id, place }, options, questions);
      if (!(await insertRound(tx, round.round, questions))) throw runningError(null);
      await outbox.post(tx, { key: messageKeys.channel(id), place, reply: await messages.channel(tx, round.round) });
      if (opensThread(place)) {
        const title = `Quiz: ${options.topic.label}`;
        await outbox.openThread(tx, { key: messageKeys.thread(id), under: messageKeys.channel(id), title });
      }
      if (round.postsAtOnce) await keeper.postQuestion(tx, round.round);
      await keeper.arm(tx, round.round, wakeAt(round.round.state) ?? store.now());
      await tx
        .insertInto("round_player")
        .values({ round: id, learner: person.id, waiting: options.mode === "host" ? 0 : 1, answered: -1, hinted: -1 })
        .execute();
      const awaits = [messageKeys.channel(id), ...(round.postsAtOnce ? [messageKeys.question(id, 0)] : [])];
      return { reply: started(options, questions.length, place), awaits };
    });
    const arrivals = await Promise.all(value.awaits.map((key) => outbox.arrival(key, waitFor)));
    refuseUnposted(arrivals);
    return value.reply;
  }

  function roundOf(
    { id, seed, starter, place }: { id: string; seed: string; starter: string; place: Place },
    options: RoundOptions,
    questions: Question[],
  ) {
    const { state, effects } = newRound(
      { ...options, questions: roundQuestions(questions, seed) },
      store.now(),
      timing,
    );
    const round: Round = {
      id,
      workspace: workspaceKey(place),
      channel: channelKey(place),
      mode: options.mode,
      starter,
      topic: options.topic,
      level: options.level,
      pace: options.pace,
      place,
      state,
      at: store.now(),
    };
    return { round, postsAtOnce: effects.length > 0 };
  }

  async function draw(
    tx: Tx,
    place: Place,
    { topic, level, count, repeats }: RoundOptions,
    seed: string,
  ): Promise<Question[]> {
    const all = questionsOf(topic, curriculum.current);
    const recent = await recentIn(tx, channelKey(place), store.now());
    const random = seededRandom(seed);
    const picked = pickRound(all, { count, level, recent }, random);
    if (repeats && picked.length < count) {
      const again = all.filter(({ id }) => recent.has(id));
      picked.push(...pickRound(again, { count: count - picked.length, level, recent: new Set() }, random));
    }
    if (picked.length > 0) return picked;
    const fitting = all.filter((question) => level === "mixed" || question.level === level);
    const why =
      fitting.length === 0
        ? `There are no ${level} questions about ${topic.label} yet.`
        : `Every question about ${topic.label} was asked here within the last 7 days.`;
    throw new UserError(`${why} Try another topic or level, or quiz yourself alone.`, [
      button("All topics", press("quiz start", { topic: "all" })),
      button("Quiz me alone", press("quiz solo", { topic: topic.concepts?.[0] ?? "all" })),
    ]);
  }

  async function refuseSecond(tx: Tx, place: Place): Promise<void> {
    const running = await activeRound(tx, [channelKey(place)]);
    if (running) throw runningError(running);
  }

  return { start };
}

export type Rounds = ReturnType<typeof createRounds>;

/** What the rules need of the questions, with the options in an order drawn from `seed`. */
export function roundQuestions(questions: readonly Question[], seed: string): RoundQuestion[] {
  return questions.map((question) => ({
    ...askOf(question, seededRandom(`${seed}/${question.id}`)),
    concept: question.concept,
    words: wordsOf(question),
    explainedWords: question.explanation.split(/\s+/).length,
    ...(question.experiment !== undefined && { experiment: question.experiment }),
  }));
}

function started({ topic, mode, lobby }: RoundOptions, count: number, place: Place): Reply {
  const where = opensThread(place) ? "in the thread under it" : "here";
  const next =
    mode === "host"
      ? "You open and close each question: press **Open question 1** on the quiz message."
      : lobby
        ? "It begins in a moment, so that people can press Join."
        : `The first question comes ${where}.`;
  const shown = `${count} ${count === 1 ? "question" : "questions"}`;
  return privately(reply(text(`Your quiz on ${topic.label} is on: ${shown}. ${next}`)));
}

function runningError(round: string | null): UserError {
  return new UserError(
    "A quiz is already running in this channel, so I did not start another. Join that one; it can also be stopped by who started it or by a moderator.",
    round
      ? [button("Join", press("quiz join", { round }), "primary"), button("Stop it", press("quiz stop", { round }))]
      : [],
  );
}
