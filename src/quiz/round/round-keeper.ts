import type { Place } from "../../core/context.ts";
import { opensThread } from "../../core/place-key.ts";
import { afterCommit } from "../../store/scope.ts";
import type { Tx } from "../../store/store.ts";
import type { QuizParts } from "../parts.ts";
import { refuse } from "./refusals.ts";
import { step, takesAnswers, wakeAt } from "./round.ts";
import { messageKeys, type RoundMessages } from "./round-messages.ts";
import { contentOf, deleteRound, lockRound, type Round, saveState } from "./round-rows.ts";
import type { CloseFacts, Decision, Effect, RoundEvent } from "./round-state.ts";
import { countAnswers } from "./scoring.ts";

/** The timer kinds of a round. */
export const timerKinds = { wake: "quiz-round", tally: "quiz-tally" };

/** Moves rounds on: stores the next state and everything that follows from it in one transaction. */
export function createRoundKeeper(parts: QuizParts, messages: RoundMessages) {
  const { store, timers, outbox, timing, log } = parts;

  /** Applies an event to a locked round; `round.state` is the new one afterwards. Throws a UserError when it does not fit. */
  async function apply(tx: Tx, round: Round, event: RoundEvent): Promise<void> {
    const next = step(round.state, event, timing);
    if (typeof next === "string") throw refuse(next, round);
    const before = wakeAt(round.state);
    if (next.state !== round.state) {
      round.state = next.state;
      await saveState(tx, round);
    }
    for (const effect of next.effects) await perform(tx, round, effect);
    const after = wakeAt(round.state);
    if (after === before) return;
    if (after === null) await timers.cancel(tx, timerKinds.wake + round.id);
    else await arm(tx, round, after);
  }

  /** Sets the one timer by which a round goes on. */
  async function arm(tx: Tx, round: Round, dueAt: number): Promise<void> {
    await timers.set(tx, {
      id: timerKinds.wake + round.id,
      kind: timerKinds.wake,
      dueAt,
      payload: { round: round.id },
    });
  }

  async function perform(tx: Tx, round: Round, effect: Effect): Promise<void> {
    switch (effect.do) {
      case "post-question":
        return postQuestion(tx, round);
      case "edit-question": {
        const { position = round.state.position } = effect;
        const reply = await messages.question(tx, round, { position });
        if (reply) await outbox.edit(tx, { message: messageKeys.question(round.id, position), reply });
        return;
      }
      case "edit-channel":
        if (round.mode === "daily") return;
        await outbox.edit(tx, { message: messageKeys.channel(round.id), reply: await messages.channel(tx, round) });
        return;
      case "score":
        return score(tx, round);
      case "decide":
        return decide(tx, round, effect.experiment);
      case "finish":
        return finish(tx, round);
    }
  }

  /** Posts the current question: into the thread, or where the quiz was started when there is none. */
  async function postQuestion(tx: Tx, round: Round, note?: string): Promise<void> {
    const reply = await messages.question(tx, round, { note });
    if (!reply) return;
    const here = round.mode === "daily" || !opensThread(round.place);
    const place = here ? round.place : { thread: messageKeys.thread(round.id) };
    await outbox.post(tx, { key: messageKeys.question(round.id, round.state.position), place, reply });
  }

  async function score(tx: Tx, round: Round): Promise<void> {
    const { position, decided } = round.state;
    await tx
      .updateTable("round_player")
      .set({ waiting: 0 })
      .where("round", "=", round.id)
      .where("answered", "<", position)
      .execute();
    if (decided[position]?.held === false) return;
    const question = (await contentOf(tx, round.id))[position];
    if (!question) return;
    await countAnswers(tx, { round: round.id, position, workspace: round.workspace, question, at: store.now() });
  }

  async function decide(tx: Tx, round: Round, experiment: string): Promise<void> {
    const { position } = round.state;
    const recorded: Decision = { held: true, live: false };
    const live = parts.experimentOutcome;
    if (!live) return apply(tx, round, { type: "decided", at: store.now(), position, decision: recorded });
    afterCommit(tx, () => {
      placeOf(round)
        .then((place) => live(experiment, place))
        .catch((error: unknown) => {
          log.warn("an experiment could not decide a prediction", { experiment, error });
          return recorded;
        })
        .then((decision) =>
          onLive(round.id, (inner, locked) =>
            apply(inner, locked, { type: "decided", at: store.now(), position, decision }),
          ),
        )
        // The round's own timer decides by the recorded run when this is lost.
        .catch((error: unknown) => log.warn("a decision was not kept", { experiment, error }));
    });
  }

  async function placeOf(round: Round): Promise<Place> {
    return (await outbox.find(messageKeys.thread(round.id)))?.place ?? round.place;
  }

  async function finish(tx: Tx, round: Round): Promise<void> {
    if (round.mode === "daily") return;
    const { channel, thread } = await messages.result(tx, round);
    if (opensThread(round.place) && round.state.revealed > 0) {
      await outbox.post(tx, {
        key: messageKeys.scores(round.id),
        place: { thread: messageKeys.thread(round.id) },
        reply: thread,
      });
    }
    await outbox.edit(tx, { message: messageKeys.channel(round.id), reply: channel });
  }

  /** Takes back a quiz whose message could not be posted: nobody has seen it. */
  async function discard(tx: Tx, { id }: Round): Promise<void> {
    await timers.cancel(tx, timerKinds.wake + id);
    await timers.cancel(tx, timerKinds.tally + id);
    await deleteRound(tx, id);
  }

  /** What the log says about the current question. */
  async function facts(tx: Tx, round: Round): Promise<CloseFacts> {
    const { position } = round.state;
    const here = tx.selectFrom("answer").where("round", "=", round.id).where("position", "=", position);
    const { answers } = await here.select(({ fn }) => fn.countAll<number>().as("answers")).executeTakeFirstOrThrow();
    const own = await here.select("learner").where("learner", "=", round.starter).executeTakeFirst();
    return { answers: Number(answers), starterAnswered: own !== undefined };
  }

  /** Runs `work` with the locked round, unless it has ended. */
  async function onLive(id: string, work: (tx: Tx, round: Round) => Promise<void>): Promise<void> {
    await store.write(async (tx) => {
      const round = await lockRound(tx, id);
      if (round && round.state.phase.name !== "ended") await work(tx, round);
    });
  }

  /** Moves a round on at its time. */
  async function wake(tx: Tx, id: string): Promise<void> {
    const round = await lockRound(tx, id);
    if (!round || round.state.phase.name === "ended") return;
    await apply(tx, round, { type: "wake", at: store.now(), ...(await facts(tx, round)) });
  }

  /** Brings the number of answers under the open question up to date. */
  async function tally(tx: Tx, id: string): Promise<void> {
    const round = await lockRound(tx, id);
    if (round && takesAnswers(round.state)) await perform(tx, round, { do: "edit-question" });
  }

  return { apply, arm, discard, facts, onLive, wake, tally, postQuestion };
}

export type RoundKeeper = ReturnType<typeof createRoundKeeper>;
