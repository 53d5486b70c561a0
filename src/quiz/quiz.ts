import { randomBytes } from "node:crypto";
import type { Caller } from "../core/context.ts";
import { UserError } from "../core/errors.ts";
import type { Log } from "../core/log.ts";
import { channelKey, workspaceKey } from "../core/place-key.ts";
import { privately, type Reply, reply, text } from "../core/reply.ts";
import type { Library } from "../curriculum/library.ts";
import type { Leases } from "../store/leases.ts";
import type { Outbox } from "../store/outbox.ts";
import type { Store } from "../store/store.ts";
import type { Timers } from "../store/timers.ts";
import { createDailies, dailyKind } from "./daily/dailies.ts";
import type { QuizParts } from "./parts.ts";
import { leaderboard } from "./record/leaderboard.ts";
import { setNamed } from "./record/learners.ts";
import { createProgress } from "./record/progress.ts";
import { weekOf } from "./record/week.ts";
import { createAnswering } from "./round/answering.ts";
import { noteAsked } from "./round/asked.ts";
import { createControlling } from "./round/controlling.ts";
import { createGone } from "./round/gone.ts";
import { createLifeline } from "./round/lifeline.ts";
import { createOpenQuestion } from "./round/open-question.ts";
import { unknownError } from "./round/refusals.ts";
import { createRoundKeeper, timerKinds } from "./round/round-keeper.ts";
import { createRoundMessages, messageKeys, readMessageKey } from "./round/round-messages.ts";
import { contentOf, lockRound, readRound } from "./round/round-rows.ts";
import { createRounds, type RoundOptions } from "./round/rounds.ts";
import { missedConcepts } from "./round/scoring.ts";
import { defaultTiming, type Timing } from "./round/timing.ts";
import { createSolos } from "./solo/solos.ts";
import { letters } from "./view-question.ts";

declare module "../core/context.ts" {
  interface Services {
    quiz: Quiz;
  }
}

/** What {@link createQuiz} is given. */
export interface QuizOptions {
  store: Store;
  timers: Timers;
  outbox: Outbox;
  leases: Leases;
  curriculum: Pick<Library, "current">;
  log: Log;
  timing?: Timing;
  newId?: () => string;
  canShow?: () => boolean;
  /** See {@link QuizParts.experimentOutcome}. */
  experimentOutcome?: NonNullable<QuizParts["experimentOutcome"]>;
}

/** Everything about quizzes. What it promises is on disk when a call resolves; what does not fit rejects with a UserError. */
type Quiz = ReturnType<typeof createQuiz>;

/** Joins the parts of the quiz and hangs them on timers and outbox; call it before those are started. */
export function createQuiz(options: QuizOptions) {
  const parts: QuizParts = {
    timing: defaultTiming,
    newId: () =>
      BigInt(`0x${randomBytes(6).toString("hex")}`)
        .toString(36)
        .padStart(8, "0")
        .slice(-8),
    canShow: () => false,
    ...options,
  };
  const { store, timers, outbox } = parts;
  const messages = createRoundMessages(parts);
  const keeper = createRoundKeeper(parts, messages);
  const rounds = createRounds(parts, messages, keeper);
  const answering = createAnswering(parts, keeper);
  const dailies = createDailies(parts, keeper);
  const progress = createProgress(parts);
  const lifeline = createLifeline(parts, options.leases, keeper);

  const payload = <T>(timer: { payload: unknown }) => timer.payload as T;
  timers.on(timerKinds.wake, (timer, tx) => keeper.wake(tx, payload<{ round: string }>(timer).round));
  timers.on(timerKinds.tally, (timer, tx) => keeper.tally(tx, payload<{ round: string }>(timer).round));
  timers.on(dailyKind, (timer, tx) => dailies.fire(tx, payload<{ channel: string }>(timer).channel));
  outbox.onSent(async (key, tx) => {
    const message = readMessageKey(key);
    if (message?.position == null) return;
    const round = await lockRound(tx, message.round);
    const shown = round?.state.questions[message.position];
    if (!round || !shown) return;
    await noteAsked(tx, round.channel, shown.question, store.now());
    if (round.state.phase.name === "ended") return;
    await keeper.apply(tx, round, { type: "sent", position: message.position, at: store.now() });
  });
  outbox.onLost(async ({ key, edit }, tx) => {
    const message = readMessageKey(key);
    if (!message || edit) return;
    const round = await lockRound(tx, message.round);
    if (!round) return;
    if (key === messageKeys.channel(round.id)) return keeper.discard(tx, round);
    if (round.state.phase.name === "ended") return;
    if (round.mode === "daily") await tx.deleteFrom("daily").where("channel", "=", round.channel).execute();
    await keeper.apply(tx, round, { type: "unreachable", at: store.now() });
  });

  /** A new round like an old one, or about what that one's players missed most. */
  async function again(caller: Caller, id: string, onlyMissed: boolean): Promise<Reply> {
    const old = await readRound(store.read, id);
    if (!old || old.workspace !== workspaceKey(caller.place) || old.mode === "daily") throw unknownError();
    const { thread: _, ...channel } = caller.place;
    const place = channelKey(caller.place) === old.channel ? caller.place : channel;
    const same: RoundOptions = {
      topic: old.topic,
      level: old.level as RoundOptions["level"],
      count: old.state.questions.length,
      pace: old.pace,
      mode: old.mode,
      lobby: false,
    };
    if (!onlyMissed) return rounds.start({ ...caller, place }, same);
    const missed = await missedConcepts(store.read, id);
    if (missed.length === 0)
      throw new UserError("That round missed nothing worth a review. Play again for new questions.");
    const topic = { label: "what we missed", concepts: missed.map(({ concept }) => concept) };
    return rounds.start(
      { ...caller, place },
      { ...same, topic, level: "mixed", count: Math.min(5, missed.length * 2), repeats: true },
    );
  }

  /** What the caller answered in a round, question by question; only questions that have been revealed. */
  async function mine(caller: Caller, id: string): Promise<Reply> {
    const round = await readRound(store.read, id);
    if (!round || round.workspace !== workspaceKey(caller.place)) throw unknownError();
    const answers = await store.read
      .selectFrom("answer")
      .select(["position", "choice", "correct", "hinted"])
      .where("round", "=", id)
      .where("learner", "=", caller.person.id)
      .where("correct", "is not", null)
      .orderBy("position")
      .execute();
    if (answers.length === 0)
      throw new UserError("You have no counted answer in that quiz, so there is nothing to list.");
    const content = await contentOf(store.read, id);
    const lines = answers.map(({ position, choice, correct, hinted }) => {
      const letter = letters[round.state.questions[position]?.order.indexOf(choice) ?? 0];
      const verdict = correct
        ? "right"
        : `wrong; right is: ${content[position]?.options.find((option) => option.right)?.text ?? ""}`;
      return `- Question ${position + 1}: ${letter}, ${verdict}${hinted ? " (with the hint)" : ""}`;
    });
    const right = answers.filter(({ correct }) => correct).length;
    return privately(reply(text(`You had ${right} of ${answers.length} right.`), text(lines.join("\n"))));
  }

  return {
    ...lifeline,
    rounds: { start: rounds.start, again, mine, ...answering, ...createControlling(parts, keeper) },
    solo: createSolos(parts, messages),
    daily: { plan: dailies.plan, cancel: dailies.cancel },
    progress,
    /** A channel or thread was deleted. Resolves when its quizzes have ended. */
    gone: createGone(parts, keeper),
    openQuestionAt: createOpenQuestion(store),
    /** The workspace's leaderboard as the caller sees it; `span` this ISO week or all time. */
    scores: (caller: Caller, span: "week" | "all") =>
      leaderboard(
        store.read,
        workspaceKey(caller.place),
        span === "week" ? weekOf(store.now()) : null,
        caller.person.id,
      ),
    /** Lets the caller's name be shown on scoreboards, or no longer. */
    setNamed: (caller: Caller, named: boolean) => store.write((tx) => setNamed(tx, caller.person, named, store.now())),
  };
}
