import type { Readable } from "node:stream";
import type { Output, Sink } from "../engine.ts";
import { createDemux } from "./demux.ts";

/** Reads a multiplexed stream into `sink`. Ends when the stream ends, breaks, or is detached from. */
export function readOutput(stream: NodeJS.ReadableStream, sink: Sink): Output {
  const readable = stream as Readable;
  const { promise: ended, resolve } = Promise.withResolvers<void>();
  const demux = createDemux(sink);
  readable.on("data", (chunk: Uint8Array) => demux(chunk));
  readable
    .on("end", resolve)
    .on("close", resolve)
    .on("error", () => resolve());
  return {
    ended,
    pause: () => void readable.pause(),
    resume: () => void readable.resume(),
    detach() {
      readable.destroy();
      resolve();
    },
  };
}
