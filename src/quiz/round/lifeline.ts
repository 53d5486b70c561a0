import { type Leases, processLease } from "../../store/leases.ts";
import type { QuizParts } from "../parts.ts";
import type { RoundKeeper } from "./round-keeper.ts";
import { liveRounds } from "./round-rows.ts";

const name = "quiz-alive";

/** Parks rounds when the last process stops and gives lost time back when the first one starts. */
export function createLifeline({ store, timing, log }: QuizParts, leases: Leases, keeper: RoundKeeper) {
  let beat: NodeJS.Timeout | null = null;
  let beating: Promise<void> = Promise.resolve();

  const note = () =>
    store.write(async (tx) => {
      const row = { owner: "-", until: store.now() };
      await tx
        .insertInto("lease")
        .values({ name, ...row })
        .onConflict((conflict) => conflict.column("name").doUpdateSet(row))
        .execute();
    });

  async function othersLive(): Promise<boolean> {
    if (store.kind === "sqlite") return false;
    const other = await store.read
      .selectFrom("lease")
      .select("name")
      .where("name", "like", `${processLease}%`)
      .where("owner", "!=", leases.owner)
      .where("until", ">", store.now())
      .executeTakeFirst();
    return other !== undefined;
  }

  return {
    /**
     * Goes on with the rounds that a stop or a crash interrupted, with the lost time and 15 s given back. Call it after the leases and
     * before timers and outbox are started, so that no overdue round closes first.
     */
    async start(): Promise<void> {
      const last = await store.read.selectFrom("lease").select("until").where("name", "=", name).executeTakeFirst();
      if (last && !(await othersLive())) {
        for (const id of await liveRounds(store.read)) {
          await keeper.onLive(id, (tx, round) =>
            keeper.apply(tx, round, {
              type: "restarted",
              at: store.now(),
              lastAlive: Math.min(last.until, store.now()),
            }),
          );
        }
      }
      await note();
      beat = setInterval(() => {
        beating = note().catch((error: unknown) => log.warn("the quiz could not note that it lives", { error }));
      }, timing.beat);
      beat.unref();
    },
    /** Parks the live rounds and says so in their messages, unless another process goes on with them. Call it before the outbox is flushed. */
    async stop(): Promise<void> {
      if (beat) clearInterval(beat);
      beat = null;
      await beating;
      if (!(await othersLive())) {
        for (const id of await liveRounds(store.read)) {
          await keeper.onLive(id, (tx, round) => keeper.apply(tx, round, { type: "shutdown", at: store.now() }));
        }
      }
      await note();
    },
  };
}
