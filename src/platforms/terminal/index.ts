import { randomUUID } from "node:crypto";
import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { createInterface, type Interface } from "node:readline";
import type { Readable, Writable } from "node:stream";
import type { Caller, Person } from "../../core/context.ts";
import type { App, Invocation, Platform } from "../../core/platform.ts";
import type { Control, Press, Reply } from "../../core/reply.ts";
import { readText } from "../../core/text.ts";
import { deliver } from "../deliver.ts";
import { completeLine } from "./complete.ts";
import { limits } from "./limits.ts";
import { isUnfinished, readSpeaker, terminalPlace } from "./read.ts";
import { type Drawing, fill, type Look, render } from "./render.ts";

/** What the terminal needs. `output` is a TTY or a pipe. */
export interface TerminalOptions {
  input: Readable;
  output: Writable & { isTTY?: boolean; columns?: number };
  /** Pictures and files are written here. */
  dataDir: string;
  /** Resolves when announcements that a line caused have been posted. */
  settled?(): Promise<void>;
  /** Printed before the first prompt on a TTY. */
  greeting?: string;
}

/** A platform that talks with the person at the keyboard; `closed` resolves when they are done. */
export interface Terminal extends Platform {
  closed: Promise<void>;
}

/** The terminal platform: one line in, one reply out, answered in order. */
export function createTerminal(options: TerminalOptions): Terminal {
  const { input, output } = options;
  const isTTY = output.isTTY === true;
  const closed = Promise.withResolvers<void>();
  const cancel = new AbortController();
  let app: App;
  let lines: Interface | undefined;
  let offered: Control[] = [];
  let asking: Extract<Control, { kind: "ask" }> | undefined;
  let posted = 0;
  const look = (): Look => ({
    width: Math.max(limits.minWidth, Math.min(limits.maxWidth, isTTY ? (output.columns ?? 80) : limits.pipedWidth)),
    colour: isTTY && !process.env.NO_COLOR,
    save(name, content) {
      const folder = join(options.dataDir, "files");
      mkdirSync(folder, { recursive: true });
      const path = join(folder, name.replace(/[^\w.-]+/g, "-"));
      writeFileSync(path, content);
      return path;
    },
  });

  const print = (text: string) => output.write(`${text}\n`);
  const show = (reply: Reply, prefix = "", before?: Drawing): Drawing => {
    const drawing = render(reply, look());
    if (drawing.controls.length > 0) offered = drawing.controls;
    const news = before ? changedLines(before.text, drawing.text) : drawing.text;
    if (news) print(`${prefix}${news}\n`);
    return drawing;
  };

  const completer = (typed: string, done: (error: null, result: [string[], string]) => void) => {
    void completeLine(typed, app, callerOf(readSpeaker("").person)).then((lines) => done(null, [lines, typed]));
  };

  async function run(invocation: Invocation, prefix: string): Promise<void> {
    let last: Drawing | undefined;
    const draw = async (reply: Reply) => {
      last = show(reply, reply.audience === "asker" ? prefix : "", last);
    };
    await deliver(app.dispatch(invocation, cancel.signal), { send: draw, edit: draw });
  }

  function readPress(typed: string): Press | undefined {
    if (asking) {
      const press = typed ? fill(asking, typed) : undefined;
      asking = undefined;
      return press;
    }
    const control = /^\d{1,3}$/.test(typed)
      ? offered[Number(typed) - 1]
      : offered.find((one) => one.kind !== "select" && one.label.toLowerCase() === typed.toLowerCase());
    if (control?.kind === "button") return control.press;
    if (control?.kind === "ask") asking = control;
    return undefined;
  }

  async function answer(message: string): Promise<void> {
    const spoken = readSpeaker(message.slice(0, limits.message));
    const typed = spoken.text.trim();
    const prefix = spoken.named ? `(only ${spoken.person.name} sees this)\n` : "";
    const wasAsking = asking !== undefined;
    const press = readPress(typed);
    if (asking) print(`${asking.title} Type it now; an empty line cancels.\n`);
    else if (press) await run({ ...press, caller: callerOf(spoken.person) }, prefix);
    else if (wasAsking) print("Cancelled.\n");
    else if (!typed) print("Type a question about Docker images or containers, or `help`.\n");
    else if (/^\d{1,3}$/.test(typed)) print(`There is no choice ${typed} right now. Type a question, or \`help\`.\n`);
    else await run({ ...readText(typed, app.commands), caller: callerOf(spoken.person) }, prefix);
    await options.settled?.();
  }

  async function talk(from: Interface): Promise<void> {
    let message = "";
    for await (const line of from) {
      message = message ? `${message}\n${line}` : line;
      if (isUnfinished(message) && message.length < limits.message) continue;
      if (isTTY && /^(exit|quit|bye)$/i.test(message.trim())) break;
      await answer(message);
      message = "";
      from.prompt();
    }
    if (message) await answer(message);
  }

  return {
    name: "terminal",
    closed: closed.promise,
    async start(given) {
      app = given;
      lines = createInterface({
        input,
        ...(isTTY && { output, prompt: "> ", completer, historySize: 200 }),
        terminal: isTTY,
      });
      if (isTTY && options.greeting) print(options.greeting);
      lines.on("SIGINT", () => lines?.close());
      lines.prompt();
      talk(lines).then(closed.resolve, closed.reject);
    },
    async post(_place, reply) {
      show(reply);
      if (isTTY) lines?.prompt(true);
      return { place: terminalPlace, id: String(++posted) };
    },
    async edit(_ref, reply) {
      show(reply);
    },
    async openThread(ref) {
      return ref.place;
    },
    async stop() {
      cancel.abort();
      lines?.close();
    },
  };
}

function callerOf(person: Person): Caller {
  return { person, place: terminalPlace, locale: "en", event: `terminal:${randomUUID()}` };
}

/** The lines of `after` from the first that differs; what stayed the same is not printed twice. */
function changedLines(before: string, after: string): string {
  const old = new Set(before.split("\n"));
  return after
    .split("\n")
    .filter((line) => line.trim() && !old.has(line))
    .join("\n");
}
