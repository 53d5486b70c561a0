import type { Place } from "../../core/context.ts";
import { channelKey } from "../../core/place-key.ts";
import type { Store } from "../../store/store.ts";
import { contentOf, readRound } from "./round-rows.ts";

/** The question that is open where somebody speaks, so that `ask` can give its hint instead of its answer. */
export function createOpenQuestion({ read }: Pick<Store, "read">) {
  // Built once, because every answer waits for it.
  const runningIn = read.selectFrom("round").select("id").where("active", "in", ["", ""]).compile();

  return async (place: Place): Promise<{ concept: string; hint: string } | null> => {
    const { thread: _, ...channel } = place;
    const asked: typeof runningIn = { ...runningIn, parameters: [channelKey(place), channelKey(channel)] };
    const [running] = (await read.executeQuery(asked)).rows;
    const round = running ? await readRound(read, running.id) : null;
    if (round?.state.phase.name !== "open") return null;
    const question = (await contentOf(read, round.id))[round.state.position];
    return question ? { concept: question.concept, hint: question.hint } : null;
  };
}
