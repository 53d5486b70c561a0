import { describe, expect, it, vi } from "vitest";
import { deliver } from "../../src/chat/deliver.ts";
import { type Reply, reply, text } from "../../src/core/reply.ts";

const said = (one: Reply) => one.blocks.map((block) => (block.kind === "text" ? block.markdown : "")).join();

async function* counting(to: number): AsyncIterable<Reply> {
  for (let at = 1; at <= to; at++) yield reply(text(String(at)));
}

describe("delivery", () => {
  it("sends the first reply, edits in the last, and skips what came too fast between", async () => {
    const log: string[] = [];
    await deliver(counting(50), {
      send: async (one) => void log.push(`send ${said(one)}`),
      edit: async (one) => void log.push(`edit ${said(one)}`),
    });
    expect(log).toEqual(["send 1", "edit 50"]);
  });

  it("makes every edit when nothing has to be held back", async () => {
    const log: string[] = [];
    const sent = [Promise.withResolvers<void>(), Promise.withResolvers<void>()];
    async function* waiting(): AsyncIterable<Reply> {
      yield reply(text("1"));
      yield reply(text("2"));
      await sent[0]?.promise;
      yield reply(text("3"));
    }
    await deliver(
      waiting(),
      {
        send: async (one) => void log.push(said(one)),
        edit: async (one) => {
          log.push(said(one));
          sent[0]?.resolve();
        },
      },
      0,
    );
    expect(log).toEqual(["1", "2", "3"]);
  });

  it("leaves each edit its pause, which only the end cuts short", async () => {
    vi.useFakeTimers({ toFake: ["setTimeout", "clearTimeout", "performance"] });
    try {
      const log: string[] = [];
      const wants: PromiseWithResolvers<void>[] = [1, 2, 3].map(() => Promise.withResolvers<void>());
      async function* paced(): AsyncIterable<Reply> {
        yield reply(text("1"));
        yield reply(text("2"));
        await wants[0]?.promise;
        yield reply(text("3"));
        await wants[1]?.promise;
        yield reply(text("4"));
      }
      const note = async (one: Reply) => void log.push(said(one));
      const done = deliver(paced(), { send: note, edit: note }, 1200);
      await vi.advanceTimersByTimeAsync(1199);
      expect(log).toEqual(["1"]);
      await vi.advanceTimersByTimeAsync(1);
      expect(log).toEqual(["1", "2"]);
      wants[0]?.resolve();
      await vi.advanceTimersByTimeAsync(1199);
      expect(log).toEqual(["1", "2"]);
      await vi.advanceTimersByTimeAsync(1);
      expect(log).toEqual(["1", "2", "3"]);
      wants[1]?.resolve();
      await done;
      expect(log).toEqual(["1", "2", "3", "4"]);
    } finally {
      vi.useRealTimers();
    }
  });

  it("tells the caller when the platform refuses a message", async () => {
    const refused = deliver(counting(3), {
      send: async () => {},
      edit: async () => {
        throw new Error("gone");
      },
    });
    await expect(refused).rejects.toThrow("gone");
  });

  /** A platform whose first edit takes until it is let go, and a stream that goes on meanwhile. */
  function slowFirstEdit() {
    const log: string[] = [];
    const letGo = Promise.withResolvers<void>();
    const begun = Promise.withResolvers<void>();
    let running = 0;
    let atOnce = 0;
    const sink = {
      send: async (one: Reply) => void log.push(`send ${said(one)}`),
      async edit(one: Reply) {
        atOnce = Math.max(atOnce, ++running);
        begun.resolve();
        if (said(one) === "2") await letGo.promise;
        log.push(`edit ${said(one)}`);
        running--;
      },
    };
    return { log, letGo, begun, sink, atOnce: () => atOnce };
  }

  it("never has two edits under way, and ends with the newest state, however slow an edit was", async () => {
    const { log, letGo, begun, sink, atOnce } = slowFirstEdit();
    async function* going(): AsyncIterable<Reply> {
      yield reply(text("1"));
      yield reply(text("2"));
      await begun.promise;
      yield reply(text("3"));
      yield reply(text("4"));
      setImmediate(() => letGo.resolve());
    }
    await deliver(going(), sink, 0);
    expect(log).toEqual(["send 1", "edit 2", "edit 4"]);
    expect(atOnce()).toBe(1);
  });

  it("resolves only when a slow edit has arrived", async () => {
    const { log, letGo, begun, sink } = slowFirstEdit();
    const delivered = deliver(counting(2), sink, 0).then(() => log.push("resolved"));
    await begun.promise;
    letGo.resolve();
    await delivered;
    expect(log).toEqual(["send 1", "edit 2", "resolved"]);
  });

  it("rejects when an edit that was under way at the end of the stream fails", async () => {
    const begun = Promise.withResolvers<void>();
    const fail = Promise.withResolvers<void>();
    const refused = deliver(counting(2), {
      send: async () => {},
      async edit() {
        begun.resolve();
        await fail.promise;
      },
    });
    await begun.promise;
    fail.reject(new Error("taken away"));
    await expect(refused).rejects.toThrow("taken away");
  });

  it("keeps edits apart by the given time, counted from the end of the one before", async () => {
    vi.useFakeTimers({ toFake: ["setTimeout", "clearTimeout", "performance"] });
    try {
      const at: number[] = [];
      const more = [Promise.withResolvers<void>(), Promise.withResolvers<void>()];
      async function* spaced(): AsyncIterable<Reply> {
        yield reply(text("1"));
        yield reply(text("2"));
        await more[0]?.promise;
        yield reply(text("3"));
        await more[1]?.promise;
      }
      const start = performance.now();
      const done = deliver(
        spaced(),
        {
          send: async () => {},
          async edit() {
            at.push(performance.now() - start);
            more[at.length - 1]?.resolve();
          },
        },
        1000,
      );
      await vi.advanceTimersByTimeAsync(3000);
      await done;
      expect(at).toEqual([1000, 2000]);
    } finally {
      vi.useRealTimers();
    }
  });
});
