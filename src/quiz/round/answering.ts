import type { Caller } from "../../core/context.ts";
import { UserError } from "../../core/errors.ts";
import { workspaceKey } from "../../core/place-key.ts";
import { privately, type Reply, reply, text } from "../../core/reply.ts";
import { afterCommit } from "../../store/scope.ts";
import type { Tx } from "../../store/store.ts";
import type { QuizParts } from "../parts.ts";
import { meetLearner } from "../record/learners.ts";
import { letters } from "../view-question.ts";
import { elsewhereError, endedError, refuse, unknownError } from "./refusals.ts";
import { takesAnswers } from "./round.ts";
import { type RoundKeeper, timerKinds } from "./round-keeper.ts";
import { contentOf, lockRound, type Round } from "./round-rows.ts";

/** Takes answers, joins and hints of channel quizzes. */
export function createAnswering(parts: QuizParts, keeper: RoundKeeper) {
  const { store, timers, timing } = parts;
  /** When the count under a round's question is next brought up to date, as far as this process knows; spares a query an answer. */
  const planned = new Map<string, number>();

  /** Notes the caller's choice; it is on disk when this resolves. `place` is where the option is shown. */
  async function answer(caller: Caller, id: string, position: number, place: number): Promise<Reply> {
    const { value } = await store.once(caller.event, async (tx): Promise<Reply> => {
      const round = await openRound(tx, caller, id, position);
      const asked = round.state.questions[position];
      const choice = asked?.order[place];
      const letter = letters[place];
      if (!asked || choice === undefined || !letter) {
        throw new UserError("That question has no such option. Press one of the letters under it.");
      }
      const player = await playerOf(tx, round, caller.person.id);
      const { choice: chosen, changes } = player ?? {};
      if (chosen != null && changes != null)
        return change(tx, caller, round, { choice: chosen, changes, wanted: choice, letter });
      await insert(tx, caller, round, { choice, hinted: player?.hinted === position });
      return say(`You chose **${letter}**. You can change it once until the reveal.`);
    });
    return value;
  }

  /** A player with their answer to the current question, if there is one. */
  function playerOf(tx: Tx, round: Round, learner: string) {
    return tx
      .selectFrom("round_player as player")
      .leftJoin("answer", (join) =>
        join
          .onRef("answer.round", "=", "player.round")
          .onRef("answer.learner", "=", "player.learner")
          .on("answer.position", "=", round.state.position),
      )
      .select(["player.hinted", "answer.choice", "answer.changes"])
      .where("player.round", "=", round.id)
      .where("player.learner", "=", learner)
      .executeTakeFirst();
  }

  async function insert(
    tx: Tx,
    caller: Caller,
    round: Round,
    { choice, hinted }: { choice: number; hinted: boolean },
  ): Promise<void> {
    const { position, questions } = round.state;
    const asked = questions[position];
    if (!asked) return;
    const learner = caller.person.id;
    const at = store.now();
    await tx
      .insertInto("answer")
      .values({
        round: round.id,
        position,
        learner,
        workspace: round.workspace,
        kind: round.mode,
        question: asked.question,
        concept: asked.concept,
        choice,
        changes: 0,
        hinted,
        correct: null,
        at,
      })
      .execute();
    await tx
      .insertInto("round_player")
      .values({ round: round.id, learner, waiting: 1, answered: position, hinted: -1 })
      .onConflict((conflict) => conflict.columns(["round", "learner"]).doUpdateSet({ waiting: 1, answered: position }))
      .execute();
    await meetLearner(tx, caller.person, at);
    await afterAnswer(tx, round, at);
  }

  async function afterAnswer(tx: Tx, round: Round, at: number): Promise<void> {
    const { position, phase } = round.state;
    if (round.mode === "timed" && phase.name === "open") {
      const missing = await tx
        .selectFrom("round_player")
        .select("learner")
        .where("round", "=", round.id)
        .where("waiting", "=", 1)
        .where("answered", "<", position)
        .limit(1)
        .executeTakeFirst();
      await keeper.apply(tx, round, { type: "answered", everyone: !missing, at });
    }
    await planTally(tx, round.id, at);
  }

  /** Plans the next update of the number of answers, unless one is planned. */
  async function planTally(tx: Tx, round: string, at: number): Promise<void> {
    if ((planned.get(round) ?? 0) > at) return;
    const id = timerKinds.tally + round;
    const waiting = await tx
      .selectFrom("timer")
      .select("due_at")
      .where("id", "=", id)
      .where("state", "=", 0)
      .executeTakeFirst();
    const dueAt = waiting?.due_at ?? at + timing.tally;
    if (!waiting) await timers.set(tx, { id, kind: timerKinds.tally, dueAt, payload: { round } });
    afterCommit(tx, () => {
      for (const [key, due] of planned) if (due <= at) planned.delete(key);
      planned.set(round, dueAt);
    });
  }

  async function change(
    tx: Tx,
    caller: Caller,
    round: Round,
    { choice, changes, wanted, letter }: { choice: number; changes: number; wanted: number; letter: string },
  ): Promise<Reply> {
    if (wanted === choice) return say(`You chose **${letter}** already, so nothing changed.`);
    const { position, questions } = round.state;
    if (changes > 0) {
      const kept = letters[questions[position]?.order.indexOf(choice) ?? 0];
      throw new UserError(`You already changed your answer once, so it stays **${kept}**. The reveal comes soon.`);
    }
    await tx
      .updateTable("answer")
      .set({ choice: wanted, changes: 1, at: store.now() })
      .where("round", "=", round.id)
      .where("position", "=", position)
      .where("learner", "=", caller.person.id)
      .execute();
    return say(`You changed to **${letter}**. That was your one change.`);
  }

  /** Has the quiz wait for the caller's answers, within the time of each question. */
  async function join(caller: Caller, id: string): Promise<Reply> {
    const { value } = await store.once(caller.event, async (tx): Promise<Reply> => {
      const round = await roundHere(tx, caller, id);
      await tx
        .insertInto("round_player")
        .values({ round: id, learner: caller.person.id, waiting: 1, answered: -1, hinted: -1 })
        .onConflict((conflict) => conflict.columns(["round", "learner"]).doUpdateSet({ waiting: 1 }))
        .execute();
      return say(
        round.mode === "host"
          ? "You are in. The host opens and closes the questions; press a letter to answer."
          : "You are in: a question closes early only when you have answered too. Press a letter to answer.",
      );
    });
    return value;
  }

  /** The hint of the open question, for the caller only. */
  async function hint(caller: Caller, id: string, position: number): Promise<Reply> {
    return store.write(async (tx) => {
      const round = await openRound(tx, caller, id, position);
      const question = (await contentOf(tx, id))[position];
      if (!question) throw unknownError();
      const hinted = { waiting: 0, answered: -1, hinted: position };
      await tx
        .insertInto("round_player")
        .values({ round: round.id, learner: caller.person.id, ...hinted })
        .onConflict((conflict) => conflict.columns(["round", "learner"]).doUpdateSet({ hinted: position }))
        .execute();
      return say(`**Hint:** ${question.hint}`);
    });
  }

  async function openRound(tx: Tx, caller: Caller, id: string, position: number): Promise<Round> {
    const round = await roundHere(tx, caller, id);
    if (position === round.state.position && takesAnswers(round.state)) return round;
    if (round.state.paused) throw refuse("paused", round);
    throw new UserError(
      `Question ${position + 1} is closed, so nothing was noted. Its message shows the right answer and why; the next question has its own buttons.`,
    );
  }

  return { answer, join, hint };
}

/** The locked round of a control, checked to belong to the caller's channel and to be alive. Throws a UserError. */
export async function roundHere(tx: Tx, caller: Caller, id: string): Promise<Round> {
  const round = await lockRound(tx, id);
  if (!round || round.workspace !== workspaceKey(caller.place)) throw unknownError();
  if (round.place.channel !== caller.place.channel) throw elsewhereError();
  if (round.state.phase.name === "ended") throw endedError(round);
  return round;
}

function say(markdown: string): Reply {
  return privately(reply(text(markdown)));
}
