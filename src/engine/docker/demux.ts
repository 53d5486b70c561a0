import type { Sink } from "../engine.ts";

const headerBytes = 8;

/**
 * Splits the engine's multiplexed stream (https://docs.docker.com/reference/api/engine/version/v1.41/#tag/Container/operation/ContainerAttach)
 * and hands each piece on at once. Every byte is looked at once and none is kept, however small or large the frames are.
 */
export function createDemux(sink: Sink): (chunk: Uint8Array) => void {
  const header = new Uint8Array(headerBytes);
  let filled = 0;
  let left = 0;
  return (chunk) => {
    let at = 0;
    while (at < chunk.length) {
      if (left === 0) {
        const taken = Math.min(headerBytes - filled, chunk.length - at);
        header.set(chunk.subarray(at, at + taken), filled);
        filled += taken;
        at += taken;
        if (filled < headerBytes) return;
        filled = 0;
        left = new DataView(header.buffer).getUint32(4);
        continue;
      }
      const taken = Math.min(left, chunk.length - at);
      // Type 2 is standard error; 0 and 1 are standard input's echo and standard output.
      sink(header[0] === 2 ? "stderr" : "stdout", chunk.subarray(at, at + taken));
      left -= taken;
      at += taken;
    }
  };
}
