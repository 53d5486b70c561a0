import type { Caller } from "../../core/context.ts";
import { UserError } from "../../core/errors.ts";
import { channelKey } from "../../core/place-key.ts";
import { button, press, privately, type Reply, reply, text } from "../../core/reply.ts";
import type { Tx } from "../../store/store.ts";
import type { QuizParts } from "../parts.ts";
import { roundHere } from "./answering.ts";
import type { RoundKeeper } from "./round-keeper.ts";
import { activeRound, type Round } from "./round-rows.ts";
import type { Phase } from "./round-state.ts";

/** What the starter and moderators press. */
export function createControlling(parts: QuizParts, keeper: RoundKeeper) {
  const { store } = parts;

  async function controlled(
    caller: Caller,
    id: string | undefined,
    work: (tx: Tx, round: Round) => Promise<string>,
    free = false,
  ): Promise<Reply> {
    const { value } = await store.once(caller.event, async (tx): Promise<Reply> => {
      const round = await roundHere(tx, caller, id ?? (await running(tx, caller)));
      if (!free) await refuseOthers(tx, caller, round);
      return privately(reply(text(await work(tx, round))));
    });
    return value;
  }

  async function running(tx: Tx, caller: Caller): Promise<string> {
    const { thread: _, ...channel } = caller.place;
    const id = await activeRound(tx, [channelKey(caller.place), channelKey(channel)]);
    if (id) return id;
    throw new UserError("No quiz is running in this channel. `quiz start` begins one.", [
      button("Start a quiz", press("quiz start"), "primary"),
    ]);
  }

  async function refuseOthers(tx: Tx, { person }: Caller, round: Round): Promise<void> {
    if (person.moderator || person.id === round.starter) return;
    const player = tx.selectFrom("round_player").select("learner").where("round", "=", round.id);
    const plays = await player.where("learner", "=", person.id).executeTakeFirst();
    if (plays && round.state.starterSilent >= 2) return;
    throw new UserError(
      "Only the person who started this quiz or a moderator can do that. Once the starter has not answered two questions in a row, any player can.",
    );
  }

  return {
    /** Ends the quiz with its scores; without an id the one that runs in the caller's channel. */
    stop: (caller: Caller, id?: string) =>
      controlled(caller, id, async (tx, round) => {
        await keeper.apply(tx, round, { type: "stop", at: store.now() });
        return "The quiz is stopped. The scores so far are in the channel message.";
      }),
    pause: (caller: Caller, id?: string) =>
      controlled(caller, id, async (tx, round) => {
        await keeper.apply(tx, round, { type: "pause", at: store.now() });
        return "The quiz is paused. Resume goes on where it was; after 15 minutes it closes with the scores.";
      }),
    resume: (caller: Caller, id?: string) =>
      controlled(
        caller,
        id,
        async (tx, round) => {
          // A quiz that fell silent may be picked up by anybody; one that somebody paused on purpose may not.
          if (round.state.paused?.reason === "person") await refuseOthers(tx, caller, round);
          await keeper.apply(tx, round, { type: "resume", at: store.now() });
          return "The quiz goes on.";
        },
        true,
      ),
    /** More time for the open question; anybody may ask for it. */
    more: (caller: Caller, id?: string, position?: number) =>
      controlled(
        caller,
        id,
        async (tx, round) => {
          if (position !== undefined && position !== round.state.position) {
            throw new UserError("That question is closed already, so it gets no more time.");
          }
          await keeper.apply(tx, round, { type: "more-time", at: store.now() });
          return "30 seconds more for everybody.";
        },
        true,
      ),
    /** Skip, close, next, open: what the pressed control said at that question. Without them, whatever comes next. */
    go: (caller: Caller, id?: string, position?: number, from?: Phase["name"]) =>
      controlled(caller, id, async (tx, round) => {
        const { state } = round;
        await keeper.apply(tx, round, {
          type: "advance",
          at: store.now(),
          position: position ?? state.position,
          from: from ?? state.phase.name,
          ...(await keeper.facts(tx, round)),
        });
        return describeStep(round);
      }),
  };
}

function describeStep({ state }: Round): string {
  switch (state.phase.name) {
    case "posting":
      return "The next question is on its way.";
    case "revealed":
      return "Done: the explanation is up. The next question follows when it has stood long enough to be read.";
    case "deciding":
      return "Answers are closed; the run decides now.";
    case "ended":
      return "That was the last question; the scores are in the channel message.";
    case "lobby":
    case "ready":
    case "open":
      return "Done.";
  }
}
