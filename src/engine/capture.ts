import type { Sink, Source } from "./engine.ts";

/** A part of the output, all from one stream, in the order of arrival. */
export interface Piece {
  source: Source;
  text: string;
}

/** Keeps the first bytes of both streams together. */
export interface Capture {
  sink: Sink;
  /** Bytes kept so far. */
  size(): number;
  pieces(): Piece[];
  /** Only what is meant: standard output and standard error as they came. */
  text(): string;
  raw(source: Source): Uint8Array;
}

/** Keeps at most `most` bytes over both streams and calls `onFull` once when there is more. Bytes that are no UTF-8 become �. */
export function createCapture(most: number, onFull: () => void = () => {}): Capture {
  const kept: { source: Source; bytes: Uint8Array }[] = [];
  let size = 0;
  let full = false;
  return {
    sink(source, bytes) {
      if (full) return;
      const room = most - size;
      if (bytes.length > room) {
        full = true;
        queueMicrotask(onFull);
      }
      const part = bytes.slice(0, room);
      if (part.length === 0) return;
      size += part.length;
      const last = kept.at(-1);
      // A program that writes byte by byte must not cost an object a byte.
      if (last?.source === source && last.bytes.length < 4096) last.bytes = join(last.bytes, part);
      else kept.push({ source, bytes: part });
    },
    size: () => size,
    pieces() {
      const decoders = { stdout: new TextDecoder(), stderr: new TextDecoder() };
      const pieces: Piece[] = [];
      const add = (source: Source, text: string) => {
        const last = pieces.at(-1);
        if (last?.source === source) last.text += text;
        else if (text) pieces.push({ source, text });
      };
      for (const { source, bytes } of kept) add(source, decoders[source].decode(bytes, { stream: true }));
      for (const source of ["stdout", "stderr"] as const) add(source, decoders[source].decode());
      return pieces;
    },
    text() {
      return this.pieces()
        .map(({ text }) => text)
        .join("");
    },
    raw: (source) => Buffer.concat(kept.filter((one) => one.source === source).map(({ bytes }) => bytes)),
  };
}

function join(first: Uint8Array, second: Uint8Array): Uint8Array {
  const both = new Uint8Array(first.length + second.length);
  both.set(first);
  both.set(second, first.length);
  return both;
}
