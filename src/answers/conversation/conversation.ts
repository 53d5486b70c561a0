import { LRUCache } from "lru-cache";
import type { Caller } from "../../core/context.ts";
import type { Conversation } from "../../core/conversation.ts";
import type { Log } from "../../core/log.ts";
import { channelKey, workspaceKey } from "../../core/place-key.ts";
import type { Invocation } from "../../core/platform.ts";
import { outsideOfWrites } from "../../store/scope.ts";
import type { Store } from "../../store/store.ts";
import { decodeMemory, encodeMemory, type Memory, remember } from "./memory.ts";
import "./tables.ts";

declare module "../../core/context.ts" {
  interface Services {
    conversations: Conversations;
  }
}

/** What people and the tutor last talked about, kept for {@link keptFor}. */
export interface Conversations extends Conversation {
  /** What is remembered of this person in this place: nobody else's, and nothing of elsewhere. Never rejects. */
  recall(caller: Caller): Promise<Memory | undefined>;
  /** Deletes what is too old and returns how many rows that were. */
  prune(): Promise<number>;
  /** Resolves when everything noted so far is on disk. */
  settled(): Promise<void>;
}

/** How long an exchange is remembered, in ms. */
export const keptFor = 30 * 60_000;

/** How many messages that are being answered can be told from others. */
const atOnce = 500;
/** How many threads of a channel are looked through for a person's own. */
const perChannel = 50;

/** What the words of a message name: a control on screen, or a command. */
export type Name = (invocation: Invocation, memory: Memory | undefined) => Invocation | Promise<Invocation>;

/** Keeps conversations in the store, so that they go on after a restart and in another process. */
export function createConversations({ store, log, name }: { store: Store; log: Log; name: Name }): Conversations {
  /** What is not on disk yet, by person and place. */
  const pending = new Map<string, { at: number; memory: Promise<Memory | undefined> }>();
  const writes = new Set<Promise<void>>();
  /** What was read for a message, so that it is read once. */
  const read = new LRUCache<string, Promise<Memory | undefined>>({ max: atOnce });

  function recall(caller: Caller): Promise<Memory | undefined> {
    const key = `${caller.event} ${caller.person.id}`;
    const waiting = pending.get(keyOf(caller));
    const fresh = waiting && waiting.at > store.now() - keptFor ? waiting.memory : undefined;
    const known = read.get(key) ?? fresh ?? load(caller);
    read.set(key, known);
    return known;
  }

  async function load({ person, place }: Caller): Promise<Memory | undefined> {
    const { channel, thread } = rowOf(place);
    try {
      const rows = await store.read
        .selectFrom("conversation")
        .select(["thread", "memory"])
        .where("person", "=", person.id)
        .where("channel", "=", channel)
        .where("at", ">", store.now() - keptFor)
        .orderBy("at", "desc")
        .limit(perChannel)
        .execute();
      // A thread goes on with what was said there, or else with what led to it.
      const row = rows.find((one) => one.thread === thread) ?? rows[0];
      return row && decodeMemory(row.memory);
    } catch (error) {
      log.warn("a conversation could not be recalled", { error });
      return undefined;
    }
  }

  async function keep({ person, place }: Caller, memory: Memory): Promise<void> {
    const row = { ...rowOf(place), person: person.id, memory: encodeMemory(memory), at: store.now() };
    try {
      await store.write(async (tx) => {
        await tx
          .insertInto("conversation")
          .values(row)
          .onConflict((conflict) =>
            conflict.columns(["person", "channel", "thread"]).doUpdateSet({ memory: row.memory, at: row.at }),
          )
          .execute();
      });
    } catch (error) {
      log.warn("a conversation was not kept", { error });
    }
  }

  return {
    recall,
    async understand(invocation) {
      if (!speaks(invocation)) return invocation;
      const memory = await recall(invocation.caller);
      try {
        return await name(invocation, memory);
      } catch (error) {
        log.warn("what a message names could not be looked up", { error });
        return invocation;
      }
    },
    note(invocation, answer) {
      if (!answer.about && !answer.blocks.some(({ kind }) => kind === "controls")) return;
      // Who has just asked to be forgotten is not remembered for it.
      if (invocation.command === "progress forget") return;
      const key = keyOf(invocation.caller);
      const memory = recall(invocation.caller)
        .then((before) => remember(before, invocation, answer))
        .catch((error) => {
          log.warn("a conversation was not noted", { error });
          return undefined;
        });
      const next = { at: store.now(), memory };
      pending.set(key, next);
      const written = outsideOfWrites(async () => {
        const known = await memory;
        if (known) await keep(invocation.caller, known);
        if (pending.get(key) === next) pending.delete(key);
      });
      writes.add(written);
      void written.finally(() => writes.delete(written));
    },
    async prune() {
      const { numDeletedRows } = await store.write((tx) =>
        tx
          .deleteFrom("conversation")
          .where("at", "<", store.now() - keptFor)
          .executeTakeFirst(),
      );
      return Number(numDeletedRows);
    },
    async settled() {
      await Promise.all(writes);
    },
  };
}

/** Words come as a question, or as a line that no command reads. */
function speaks({ command }: Invocation): boolean {
  return command === "ask" || command === "suggest";
}

const keyOf = ({ person, place }: Caller) => `${person.id} ${channelKey(place)}`;

function rowOf({ thread = "", ...place }: Caller["place"]) {
  return { workspace: workspaceKey(place), channel: channelKey(place), thread };
}
