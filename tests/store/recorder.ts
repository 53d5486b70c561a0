import type { Place } from "../../src/core/context.ts";
import { type Reply, reply, text } from "../../src/core/reply.ts";
import type { Carrier } from "../../src/store/outbox.ts";

export const channel: Place = { platform: "chat", workspace: "bakery", channel: "oven" };

/** A reply of one sentence. */
export const say = (sentence: string): Reply => reply(text(sentence));

const said = ({ blocks }: Reply) =>
  blocks.map((block) => (block.kind === "text" ? block.markdown : block.kind)).join(" ");

/**
 * A channel that notes what arrives: `post hello`, `edit 1 hello again`, `thread 1 Quiz`, `post hello → 1` (in the thread under message 1).
 * `refuse` may throw for a line before it is noted; `before` may wait.
 */
export function createRecorder() {
  const lines: string[] = [];
  const keys: (string | undefined)[] = [];
  const doubts: string[] = [];
  let messages = 0;
  const recorder = {
    lines,
    keys,
    /** Posts that came with the warning that they may have arrived before. */
    doubts,
    refuse: (_line: string) => {},
    before: async (_line: string) => {},
    carrier: {
      async post(place, answer, options) {
        const line = `post ${said(answer)}${place.thread ? ` → ${place.thread}` : ""}`;
        await recorder.before(line);
        recorder.refuse(line);
        lines.push(line);
        keys.push(options?.key);
        if (options?.maybeSent) doubts.push(line);
        return { place, id: String(++messages) };
      },
      async edit(ref, answer) {
        const line = `edit ${ref.id} ${said(answer)}`;
        await recorder.before(line);
        recorder.refuse(line);
        lines.push(line);
      },
      async openThread(ref, title) {
        const line = `thread ${ref.id} ${title}`;
        await recorder.before(line);
        recorder.refuse(line);
        lines.push(line);
        return { ...ref.place, thread: ref.id };
      },
    } satisfies Carrier,
  };
  return recorder;
}
