import type { Piece } from "../engine/capture.ts";
import type { Sink } from "../engine/engine.ts";
import { safeText } from "../sandbox/shown-output.ts";

/** Collects what a line prints, both streams in the order they came, up to a limit in bytes. */
export interface Printer {
  /** Text of our own, with a newline after it. */
  line(text: string): void;
  /** Output of a program. */
  sink: Sink;
  /** Output of a program that has ended. */
  pieces(pieces: readonly Piece[]): void;
  /** All of it, safe to show: valid text without control characters. */
  text(): string;
  full(): boolean;
  /** Called once, when the limit is reached. */
  onFull(call: () => void): void;
}

/** A printer that keeps at most `most` bytes. */
export function createPrinter(most: number): Printer {
  const decoders = { stdout: new TextDecoder(), stderr: new TextDecoder() };
  let left = most;
  let printed = "";
  let call: (() => void) | undefined;
  const add = (text: string, bytes: number) => {
    printed += text;
    left -= bytes;
    if (left > 0) return;
    const tell = call;
    call = undefined;
    tell?.();
  };
  return {
    line: (text) => {
      if (left <= 0) return;
      const bytes = Buffer.from(`${text}\n`);
      add(bytes.length <= left ? `${text}\n` : bytes.subarray(0, left).toString(), bytes.length);
    },
    sink: (source, bytes) => {
      if (left <= 0) return;
      const taken = bytes.subarray(0, left);
      add(decoders[source].decode(taken, { stream: true }), taken.length);
    },
    pieces: (pieces) => {
      for (const { text } of pieces) add(text, 0);
    },
    text: () => safeText(printed),
    full: () => left <= 0,
    onFull: (tell) => {
      if (left <= 0) tell();
      else call = tell;
    },
  };
}
