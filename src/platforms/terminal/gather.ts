import type { Interface } from "node:readline";
import type { Readable, Writable } from "node:stream";
import { isUnfinished } from "./read.ts";

/** How lines become messages. */
export interface GatherOptions {
  /** Whether a line means something by itself: a command, a number, a farewell. */
  isCommand(line: string): boolean;
  /** A whole message. */
  onMessage(message: string): void;
  /** A message goes on in the next line. */
  onUnfinished(): void;
  /** The longest message, in characters; what is longer is handed on as it is. */
  most: number;
}

/** Joins lines to messages. `end` hands on what was begun. */
export interface Gatherer {
  line(line: string): void;
  end(): void;
}

/** Every line is a message, but for those that a code fence or a here-document holds together. */
export function gatherLines({ onMessage, onUnfinished, most }: GatherOptions): Gatherer {
  let begun: string | undefined;
  return {
    line(line) {
      const message = begun === undefined ? line : `${begun}\n${line}`;
      const goesOn = isUnfinished(message) && message.length < most;
      begun = goesOn ? message : undefined;
      if (goesOn) onUnfinished();
      else onMessage(message);
    },
    end() {
      if (begun) onMessage(begun);
      begun = undefined;
    },
  };
}

const bracketedPaste = { on: "\u001b[?2004h", off: "\u001b[?2004l" };

/**
 * As {@link gatherLines}, and what somebody pastes is one message: what stands between the marks of a bracketed paste, or all lines that come in
 * one read. Lines that are commands each stay messages of their own. A paste that ends in the middle of a line waits for the Enter key.
 */
export function gatherPasted(
  typing: Interface,
  { input, output, ...options }: GatherOptions & { input: Readable; output: Writable },
): Gatherer & { stop(): void } {
  const lines = gatherLines(options);
  let pasted: string[] = [];
  let pasting = false;
  let planned = false;

  function send(): void {
    planned = false;
    if (pasting || pasted.length === 0) return;
    const whole = pasted;
    pasted = [];
    const apart = whole.every((line) => options.isCommand(line));
    for (const message of apart ? whole : [whole.join("\n").trimEnd()]) lines.line(message);
  }

  function onKey(_text: string | undefined, key: { name?: string } | undefined): void {
    if (key?.name !== "paste-start" && key?.name !== "paste-end") return;
    pasting = key.name === "paste-start";
    // A tab in a paste is a tab.
    Object.assign(typing, { isCompletionEnabled: !pasting });
    if (!pasting && typing.line === "") send();
  }

  input.on("keypress", onKey);
  output.write(bracketedPaste.on);
  return {
    line(line) {
      pasted.push(line);
      if (pasting || planned) return;
      planned = true;
      // Lines of one read arrive before anything else does.
      setImmediate(send);
    },
    end() {
      pasting = false;
      send();
      lines.end();
    },
    stop() {
      input.off("keypress", onKey);
      output.write(bracketedPaste.off);
    },
  };
}
