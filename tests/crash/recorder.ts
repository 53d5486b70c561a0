import type { Place } from "../../src/core/context.ts";
import type { MessageRef } from "../../src/core/platform.ts";
import type { Reply } from "../../src/core/reply.ts";

/** A message as it stands. */
export interface Recorded {
  id: string;
  place: Place;
  reply: Reply;
}

/** A platform that outlives its bots: posts with a key that is known give the message that is there, as Discord's nonce does. */
export function createRecorder() {
  const messages = new Map<string, Recorded>();
  const byKey = new Map<string, MessageRef>();
  let retried = 0;

  return {
    messages,
    /** How often a post was tried again after a crash and met its own message. */
    retried: () => retried,
    post(place: Place, reply: Reply, key?: string): MessageRef {
      const known = key === undefined ? undefined : byKey.get(key);
      if (known) {
        retried += 1;
        return known;
      }
      const id = `m${messages.size + 1}`;
      messages.set(id, { id, place, reply });
      const ref = { place, id };
      if (key !== undefined) byKey.set(key, ref);
      return ref;
    },
    edit(ref: MessageRef, reply: Reply) {
      const message = messages.get(ref.id);
      if (message) message.reply = reply;
    },
    openThread: (ref: MessageRef): Place => ({ ...ref.place, thread: ref.id }),
    /** What a channel and its threads show, oldest first. */
    inChannel: (channel: string) => [...messages.values()].filter(({ place }) => place.channel === channel),
  };
}

export type Recorder = ReturnType<typeof createRecorder>;
