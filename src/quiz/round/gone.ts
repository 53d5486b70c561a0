import type { Place } from "../../core/context.ts";
import { channelKey, workspaceKey } from "../../core/place-key.ts";
import type { QuizParts } from "../parts.ts";
import type { RoundKeeper } from "./round-keeper.ts";
import { messageKeys } from "./round-messages.ts";
import { liveRounds, type Round, readRound } from "./round-rows.ts";

/**
 * Makes what ends the quizzes of a channel or thread that was deleted, instead of letting them wait for people who cannot come: where the
 * channel's message still stands, it says so. A question of the day is not asked there again.
 */
export function createGone({ store, outbox }: Pick<QuizParts, "store" | "outbox">, keeper: RoundKeeper) {
  async function isIn(round: Round, place: Place): Promise<boolean> {
    if (round.workspace !== workspaceKey(place) || round.place.channel !== place.channel) return false;
    if (place.thread === undefined) return true;
    const thread = round.place.thread ?? (await outbox.find(messageKeys.thread(round.id)))?.place?.thread;
    return thread === place.thread;
  }

  return async (place: Place): Promise<void> => {
    for (const id of await liveRounds(store.read)) {
      const round = await readRound(store.read, id);
      if (!round || !(await isIn(round, place))) continue;
      await keeper.onLive(id, (tx, locked) => keeper.apply(tx, locked, { type: "unreachable", at: store.now() }));
    }
    const channel = channelKey(place);
    await store.write(async (tx) => {
      await tx
        .deleteFrom("daily")
        .where((row) => row.or([row("channel", "=", channel), row("channel", "like", `${channel}/%`)]))
        .execute();
    });
  };
}
