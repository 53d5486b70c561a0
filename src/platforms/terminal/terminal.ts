import { randomUUID } from "node:crypto";
import { createInterface, type Interface } from "node:readline";
import type { Readable, Writable } from "node:stream";
import { LRUCache } from "lru-cache";
import { deliver } from "../../chat/deliver.ts";
import type { Caller, Person } from "../../core/context.ts";
import type { App, Platform } from "../../core/platform.ts";
import type { Control, Press, Reply } from "../../core/reply.ts";
import { readText } from "../../core/text.ts";
import { completeLine } from "./complete.ts";
import { keepFile } from "./kept-files.ts";
import { limits } from "./limits.ts";
import { createOffered } from "./offered.ts";
import { isFarewell, isUnfinished, readSpeaker, type Spoken, terminalPlace } from "./read.ts";
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

/** How a reply is shown: to one person or everybody, and what it replaces. */
interface Shown {
  person?: string;
  prefix?: string;
  before?: Drawing;
}

/** The terminal platform: one line in, one reply out, answered in order. */
export function createTerminal(options: TerminalOptions): Terminal {
  const { input, output } = options;
  const isTTY = output.isTTY === true;
  const closed = Promise.withResolvers<void>();
  const cancel = new AbortController();
  let app: App;
  let lines: Interface | undefined;
  const offered = createOffered();
  const asking = new Map<string, Extract<Control, { kind: "ask" }>>();
  let posted = 0;
  /** What the posts said last, by their ids. */
  const said = new LRUCache<string, string>({ max: limits.posts });
  const look = (): Look => ({
    width: Math.max(limits.minWidth, Math.min(limits.maxWidth, isTTY ? (output.columns ?? 80) : limits.pipedWidth)),
    colour: isTTY && !process.env.NO_COLOR,
    save: (name, content) => keepFile(options.dataDir, name, content),
  });

  const print = (text: string) => output.write(`${text}\n`);
  const show = (reply: Reply, { person, prefix = "", before }: Shown = {}): Drawing => {
    const drawing = render(reply, look());
    offered.offer(drawing.controls, person);
    const news = before ? changedLines(before.text, drawing.text) : drawing.text;
    if (news) print(`${prefix}${news}\n`);
    return drawing;
  };

  const completer = (typed: string, done: (error: null, result: [string[], string]) => void) => {
    void completeLine(typed, app, callerOf(readSpeaker("").person)).then((lines) => done(null, [lines, typed]));
  };

  async function run(press: Press, { person, named }: Spoken): Promise<void> {
    let before: Drawing | undefined;
    const draw = async (reply: Reply) => {
      const own = reply.audience === "asker";
      const prefix = own && named ? `(only ${person.name} sees this)\n` : "";
      before = show(reply, { ...(own && { person: person.id }), prefix, ...(before && { before }) });
    };
    const replies = app.dispatch({ ...press, caller: callerOf(person) }, cancel.signal);
    await deliver(replies, { send: draw, edit: draw });
  }

  /** What a line presses: a control that is offered, or the one that was waiting for this text. */
  function readPress(typed: string, person: string): Press | "asked" | "cancelled" | undefined {
    const waiting = asking.get(person);
    if (waiting) {
      asking.delete(person);
      return typed ? fill(waiting, typed) : "cancelled";
    }
    const control = offered.find(typed, person);
    if (control?.kind === "button") return control.press;
    if (control?.kind !== "ask") return undefined;
    asking.set(person, control);
    print(`${control.title} Type it now; an empty line cancels.\n`);
    return "asked";
  }

  async function answer(message: string): Promise<void> {
    const spoken = readSpeaker(message.slice(0, limits.message));
    const typed = spoken.text.trim();
    const press = readPress(typed, spoken.person.id);
    if (press === "cancelled") print("Cancelled.\n");
    else if (press === "asked") return;
    else if (press) await run(press, spoken);
    else if (!typed) print("Type a question about Docker images or containers, or `help`.\n");
    else if (/^\d{1,3}$/.test(typed)) print(`There is no choice ${typed} right now. Type a question, or \`help\`.\n`);
    else await run(readText(typed, app.commands), spoken);
    await options.settled?.();
  }

  async function talk(from: Interface): Promise<void> {
    let message = "";
    for await (const line of from) {
      message = message ? `${message}\n${line}` : line;
      if (isUnfinished(message) && message.length < limits.message) continue;
      if (isFarewell(message)) break;
      await answer(message);
      message = "";
      if (isTTY) from.prompt();
    }
    if (message && !isFarewell(message)) await answer(message);
    from.close();
    // Whoever leaves is not waited for: nothing more is read, even from a pipe that stays open.
    input.destroy();
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
      if (isTTY) lines.prompt();
      talk(lines).then(closed.resolve, closed.reject);
    },
    async post(_place, reply) {
      show(reply);
      if (isTTY) lines?.prompt(true);
      const id = String(++posted);
      said.set(id, wordsOf(reply));
      return { place: terminalPlace, id };
    },
    async edit({ id }, reply) {
      const words = wordsOf(reply);
      // What was printed stays: without the control that is gone it would only be said again.
      if (said.get(id) === words) return;
      said.set(id, words);
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

const wordsOf = ({ blocks }: Reply) => JSON.stringify(blocks.filter(({ kind }) => kind !== "controls"));

function callerOf(person: Person): Caller {
  const { timeZone: zone } = new Intl.DateTimeFormat().resolvedOptions();
  return { person, place: terminalPlace, locale: "en", zone, event: `terminal:${randomUUID()}` };
}

/** The lines of `after` from the first that differs; what stayed the same is not printed twice. */
function changedLines(before: string, after: string): string {
  const old = new Set(before.split("\n"));
  return after
    .split("\n")
    .filter((line) => line.trim() && !old.has(line))
    .join("\n");
}
