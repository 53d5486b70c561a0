import { createInterface } from "node:readline";
import { Writable } from "node:stream";

/** Questions to whoever sits at the terminal, or to a file on standard input. */
export interface Prompt {
  say(text: string): void;
  /** The line that was typed, without blanks around it; undefined when the input has ended. With `secret` nothing of it is shown. */
  ask(question: string, how?: { secret?: boolean }): Promise<string | undefined>;
  close(): void;
}

/** A prompt on the given streams. Typing is echoed by readline only, so that a muted output keeps a secret off the screen. */
export function createPrompt(input: NodeJS.ReadStream, output: NodeJS.WriteStream): Prompt {
  let muted = false;
  const echo = new Writable({
    write(chunk, _, done) {
      if (!muted) output.write(chunk);
      done();
    },
  });
  const terminal = input.isTTY === true;
  const lines = createInterface({ input, output: echo, terminal, historySize: 0 });
  if (terminal) lines.on("SIGINT", () => lines.close());
  const reading = lines[Symbol.asyncIterator]();
  return {
    say: (text) => void output.write(`${text}\n`),
    async ask(question, { secret = false } = {}) {
      output.write(`${question}: `);
      muted = secret;
      const { value, done } = await reading.next();
      if (!terminal || muted) output.write("\n");
      muted = false;
      return done ? undefined : value.trim();
    },
    close: () => lines.close(),
  };
}
