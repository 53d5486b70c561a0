import type { Caller } from "../core/context.ts";
import type { Reply } from "../core/reply.ts";
import type { Outbox } from "../store/outbox.ts";
import type { Store } from "../store/store.ts";

declare module "../core/context.ts" {
  interface Services {
    sharing: Sharing;
  }
}

/** What became of a shared answer: it stands there now, stood there before, is still on its way, or cannot be posted here. */
export interface SharedOutcome {
  state: "shared" | "again" | "waiting" | "lost";
  /** Why it cannot be posted, and what to do, where the platform says so. */
  advice?: string;
}

/** Posts private answers for everybody, each of them once. */
export interface Sharing {
  /** Posts where the caller is. What stands in one message is shared once by the same person. */
  share(caller: Caller, reply: Reply): Promise<SharedOutcome>;
}

/** The range of the outbox's keys under which a person's shared answers are. */
export function sharedKeys(person: string): { first: string; beyond: string } {
  return { first: `share:${person}:`, beyond: `share:${person};` };
}

/** How long (ms) the person waits to hear whether it arrived. */
const waitFor = 2000;

/** Shares by the outbox: what was pressed before a crash is posted after it, and never twice. */
export function createSharing({ store, outbox }: { store: Store; outbox: Outbox }): Sharing {
  return {
    async share({ person, place, event, message = event }, reply) {
      const key = sharedKeys(person.id).first + message;
      const before = await store.write(async (tx) => {
        const found = await outbox.find(key, tx);
        if (!found) await outbox.post(tx, { key, place, reply });
        return found?.state;
      });
      if (before === "sent") return { state: "again" };
      if (before === "lost") return { state: "lost" };
      const { state, advice } = (await outbox.arrival(key, waitFor)) ?? { state: "waiting" };
      return { state: state === "sent" ? "shared" : state, ...(advice !== undefined && { advice }) };
    },
  };
}
