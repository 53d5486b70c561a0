import type { Reply } from "../core/reply.ts";

/** Where a stream of replies goes: the first is sent, later ones replace it. */
export interface Sink {
  send(reply: Reply): Promise<void>;
  edit(reply: Reply): Promise<void>;
}

/** Shortest time between two edits of one message, in milliseconds (Slack's chat.update is the slowest: about 50 a minute). */
export const editEvery = 1200;

/**
 * Delivers a stream of replies: the first is sent at once, later ones edit it one after the other, `every` ms apart at least; replies that
 * come faster are skipped, the last one never. Resolves once the last reply has arrived. Rejects with what `sink` or the stream threw; the
 * stream is closed then.
 */
export async function deliver(replies: AsyncIterable<Reply>, sink: Sink, every = editEvery): Promise<void> {
  const editor = createEditor(sink, every);
  let sent = false;
  try {
    for await (const next of replies) {
      if (editor.failed()) break;
      if (sent) editor.want(next);
      else {
        sent = true;
        await sink.send(next);
        editor.rest();
      }
    }
  } catch (error) {
    await editor.end().catch(() => {});
    throw error;
  }
  await editor.end();
}

/** Edits one message: never two edits at once, never an older state after a newer one. */
function createEditor(sink: Sink, every: number) {
  const hurry = new AbortController();
  let last = 0;
  let wanted: Reply | undefined;
  let failure: { error: unknown } | undefined;
  let working: Promise<void> | undefined;

  async function work(): Promise<void> {
    try {
      while (wanted) {
        // The end of the stream cuts the pause short: people wait for the last word.
        await sleep(last + every - performance.now(), hurry.signal);
        const next = wanted;
        wanted = undefined;
        await sink.edit(next);
        last = performance.now();
      }
    } catch (error) {
      failure = { error };
    } finally {
      working = undefined;
    }
  }

  return {
    failed: () => failure !== undefined,
    rest() {
      last = performance.now();
    },
    want(reply: Reply) {
      wanted = reply;
      working ??= work();
    },
    async end() {
      hurry.abort();
      await working;
      if (failure) throw failure.error;
    },
  };
}

/** Resolves after `ms`, or when the signal says so. */
function sleep(ms: number, signal: AbortSignal): Promise<void> {
  if (ms <= 0 || signal.aborted) return Promise.resolve();
  return new Promise((resolve) => {
    const timer = setTimeout(done, ms);
    signal.addEventListener("abort", done);
    function done() {
      clearTimeout(timer);
      signal.removeEventListener("abort", done);
      resolve();
    }
  });
}
