import { describe, expect, it } from "vitest";
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

  it("tells the caller when the platform refuses a message", async () => {
    const refused = deliver(counting(3), {
      send: async () => {},
      edit: async () => {
        throw new Error("gone");
      },
    });
    await expect(refused).rejects.toThrow("gone");
  });
});
