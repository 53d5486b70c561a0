import { clearScreenDown, cursorTo, type Interface, moveCursor } from "node:readline";
import type { Writable } from "node:stream";

/** What is printed, and the prompt under it. */
export interface Screen {
  /** Prints whole lines. A prompt on screen moves below them, with what was typed so far. */
  print(text: string): void;
  /** Shows the prompt, once. */
  prompt(): void;
  /** The line with the prompt was sent: what comes next stands below it. */
  entered(): void;
  /** Nothing is typed any more; from now on lines are only printed. */
  close(): void;
}

/** A screen on which one person types while lines come. */
export function createScreen(output: Writable, typing: Interface): Screen {
  let prompted = false;
  let closed = false;

  function erase(): void {
    moveCursor(output, 0, -typing.getCursorPos().rows);
    cursorTo(output, 0);
    clearScreenDown(output);
  }

  function redraw(): void {
    // Otherwise readline goes up as many lines as it drew last, over what was printed since.
    Object.assign(typing, { prevRows: 0 });
    typing.prompt(true);
  }

  return {
    print(text) {
      const typed = !closed && (prompted || typing.line !== "");
      if (typed) erase();
      output.write(`${text}\n`);
      if (typed) redraw();
      prompted ||= typed;
    },
    prompt() {
      if (prompted || closed) return;
      prompted = true;
      redraw();
    },
    entered() {
      prompted = false;
    },
    close() {
      // A shell's own prompt begins on a line of its own.
      if (prompted) output.write("\n");
      closed = true;
      prompted = false;
    },
  };
}

/** Where nobody looks: lines are written one after the other, and there is no prompt. */
export function createPipe(output: Writable): Screen {
  return { print: (text) => void output.write(`${text}\n`), prompt() {}, entered() {}, close() {} };
}
