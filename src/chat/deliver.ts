import type { Reply } from "../core/reply.ts";

/** Where a stream of replies goes: the first is sent, later ones replace it. */
export interface Sink {
  send(reply: Reply): Promise<void>;
  edit(reply: Reply): Promise<void>;
}

/** Shortest time between two edits of one message, in milliseconds (Slack's chat.update is the slowest: about 50 a minute). */
export const editEvery = 1200;

/**
 * Delivers a stream of replies: the first is sent at once, later ones edit it, at most one edit each `every` ms; replies that come
 * faster are skipped, the last one never. Rejects with what `sink` threw; the stream is closed then.
 */
export async function deliver(replies: AsyncIterable<Reply>, sink: Sink, every = editEvery): Promise<void> {
  let sent = false;
  let last = 0;
  let pending: Reply | undefined;
  let timer: PromiseWithResolvers<void> | undefined;
  const flush = async () => {
    if (!pending) return;
    const next = pending;
    pending = undefined;
    last = performance.now();
    await sink.edit(next);
  };
  let failure: unknown;
  let busy: Promise<void> = Promise.resolve();
  for await (const next of replies) {
    if (failure) break;
    if (!sent) {
      sent = true;
      last = performance.now();
      await sink.send(next);
      continue;
    }
    pending = next;
    if (timer) continue;
    timer = Promise.withResolvers();
    const done = timer;
    const wait = setTimeout(() => done.resolve(), Math.max(0, last + every - performance.now()));
    busy = done.promise
      .then(() => {
        clearTimeout(wait);
        timer = undefined;
        return flush();
      })
      .catch((error: unknown) => {
        failure = error;
      });
  }
  timer?.resolve();
  await busy;
  if (!failure) await flush();
  if (failure) throw failure;
}
