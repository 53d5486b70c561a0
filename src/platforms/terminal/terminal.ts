import { randomUUID } from "node:crypto";
import { createInterface, type Interface } from "node:readline";
import type { Readable, Writable } from "node:stream";
import { LRUCache } from "lru-cache";
import { deliver } from "../../chat/deliver.ts";
import type { Caller, Person } from "../../core/context.ts";
import type { App, Platform } from "../../core/platform.ts";
import { type Control, type Press, type Reply, reply, text } from "../../core/reply.ts";
import { readText } from "../../core/text.ts";
import { completeWord } from "./complete.ts";
import { type Gatherer, gatherLines, gatherPasted } from "./gather.ts";
import type { History } from "./history.ts";
import { keepFile } from "./kept-files.ts";
import { limits } from "./limits.ts";
import { newsOf } from "./news.ts";
import { createOffered } from "./offered.ts";
import { isFarewell, isStop, readSpeaker, type Spoken, terminalPlace } from "./read.ts";
import { type Drawing, fill, type Look, render } from "./render.ts";
import { createPipe, createScreen, type Screen } from "./screen.ts";

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
  /** What was typed before, for the arrow keys of a TTY. */
  history?: History;
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

const prompts = { ready: "> ", unfinished: "… " };

/** The terminal platform: one message in, one reply out, answered in order; only what stops a running reply is not kept waiting. */
export function createTerminal(options: TerminalOptions): Terminal {
  const { input, output } = options;
  const isTTY = output.isTTY === true;
  const closed = Promise.withResolvers<void>();
  const cancel = new AbortController();
  let app: App;
  let lines: Interface | undefined;
  let screen: Screen = createPipe(output);
  const offered = createOffered();
  const asking = new Map<string, Extract<Control, { kind: "ask" }>>();
  let posted = 0;
  /** What the posts said last, by their ids. */
  const said = new LRUCache<string, string>({ max: limits.posts });
  /** What can be pressed of the reply that is still being given; undefined while none is. */
  let running: Control[] | undefined;
  const waiting: string[] = [];
  let ended = false;

  const look = (): Look => ({
    width: Math.max(limits.minWidth, Math.min(limits.maxWidth, isTTY ? (output.columns ?? 80) : limits.pipedWidth)),
    colour: isTTY && !process.env.NO_COLOR,
    save: (name, content) => keepFile(options.dataDir, name, content),
  });

  /** Says something of the terminal's own. */
  const say = (markdown: string) => screen.print(`${render(reply(text(markdown)), look()).text}\n`);

  const show = (answer: Reply, { person, prefix = "", before }: Shown = {}): Drawing => {
    const drawing = render(answer, look());
    offered.offer(drawing.controls, person);
    const news = before ? newsOf(before.text, drawing.text) : drawing.text;
    if (news) screen.print(`${prefix}${news}\n`);
    return drawing;
  };

  async function run(press: Press, { person, named }: Spoken, onDrawn: (drawing: Drawing) => void): Promise<void> {
    let before: Drawing | undefined;
    const draw = async (answer: Reply) => {
      const own = answer.audience === "asker";
      const prefix = own && named ? `(only ${person.name} sees this)\n` : "";
      before = show(answer, { ...(own && { person: person.id }), prefix, ...(before && { before }) });
      onDrawn(before);
    };
    const replies = app.dispatch({ ...press, caller: callerOf(person) }, cancel.signal);
    await deliver(replies, { send: draw, edit: draw });
  }

  /** What a line presses: a control that is offered, or the one that was waiting for this text. */
  function readPress(typed: string, person: string): Press | "asked" | "cancelled" | undefined {
    const asked = asking.get(person);
    if (asked) {
      asking.delete(person);
      return typed ? fill(asked, typed) : "cancelled";
    }
    // A command means itself, also where a button has its name.
    if (isName(typed)) return undefined;
    const control = offered.find(typed, person);
    if (control?.kind === "button") return control.press;
    if (control?.kind !== "ask") return undefined;
    asking.set(person, control);
    say(`${control.title} Type it now; an empty line cancels.`);
    return "asked";
  }

  const isName = (typed: string) => app.commands.some(({ name, hidden }) => !hidden && name === typed.toLowerCase());

  /** Whether a line is more than words to answer: a command, a number, a farewell. */
  function isCommand(line: string): boolean {
    const typed = readSpeaker(line).text.trim();
    if (/^\d{1,3}$/.test(typed) || isFarewell(typed)) return true;
    return !["ask", "suggest"].includes(readText(typed, app.commands).command) || /^ask\b/i.test(typed);
  }

  async function answer(message: string): Promise<void> {
    const spoken = readSpeaker(message.slice(0, limits.message));
    const typed = spoken.text.trim();
    const drawn = ({ controls }: Drawing) => {
      running = controls;
      screen.prompt();
    };
    const press = readPress(typed, spoken.person.id);
    if (press === "cancelled") say("Cancelled.");
    else if (press === "asked") return;
    else if (press) await run(press, spoken, drawn);
    else if (!typed) say("Type a question about Docker images or containers, or `help`.");
    else if (/^\d{1,3}$/.test(typed)) say(`There is no choice ${typed} right now. Type a question, or \`help\`.`);
    else await run(readText(typed, app.commands), spoken, drawn);
    running = [];
    await options.settled?.();
  }

  /** Presses the Stop of the reply that is still being given. Whatever else is typed waits. */
  function pressStop(message: string): boolean {
    const stop = running?.find((one) => one.kind === "button" && /\bstop$/.test(one.press.command));
    if (stop?.kind !== "button") return false;
    const spoken = readSpeaker(message);
    const typed = spoken.text.trim();
    if (offered.find(typed, spoken.person.id) !== stop && !isStop(typed)) return false;
    void run(stop.press, spoken, () => screen.prompt()).catch(closed.reject);
    return true;
  }

  function onMessage(message: string): void {
    if (pressStop(message)) return;
    // Whoever leaves while something runs does not wait for it.
    if (isTTY && running && isFarewell(message)) {
      leave();
      return;
    }
    waiting.push(message);
    if (waiting.length > limits.waiting && !ended) lines?.pause();
    if (!running) void work().catch(closed.reject);
  }

  async function work(): Promise<void> {
    if (running) return;
    for (let message = waiting.shift(); message !== undefined; message = waiting.shift()) {
      if (isFarewell(message)) {
        leave();
        return;
      }
      running = [];
      await answer(message);
      if (waiting.length === 0 && !ended) {
        lines?.resume();
        screen.prompt();
      }
    }
    running = undefined;
    if (ended) closed.resolve();
  }

  /** Ends the talk: nothing more is read, even from a pipe that stays open, and nothing is waited for. */
  function leave(): void {
    waiting.length = 0;
    ended = true;
    cancel.abort();
    lines?.close();
    input.destroy();
    closed.resolve();
  }

  function listen(typing: Interface, gatherer: Gatherer & { stop?(): void }): void {
    typing.on("line", (line) => {
      screen.entered();
      typing.setPrompt(prompts.ready);
      gatherer.line(line);
    });
    typing.on("SIGINT", leave);
    typing.on("close", () => {
      screen.close();
      gatherer.end();
      gatherer.stop?.();
      if (isTTY) leave();
      ended = true;
      if (!running && waiting.length === 0) closed.resolve();
    });
  }

  return {
    name: "terminal",
    closed: closed.promise,
    async start(given) {
      app = given;
      const gathering = { isCommand, onMessage, onUnfinished, most: limits.message };
      if (!isTTY) {
        lines = createInterface({ input, terminal: false });
        return listen(lines, gatherLines(gathering));
      }
      const you = callerOf(readSpeaker("").person);
      lines = createInterface({
        ...{ input, output, terminal: true, prompt: prompts.ready },
        completer: (typed: string, done: (error: null, result: [string[], string]) => void) =>
          void completeWord(typed, app, you).then((result) => done(null, result)),
        ...{ history: options.history?.read() ?? [], historySize: limits.history, removeHistoryDuplicates: true },
      });
      screen = createScreen(output, lines);
      options.history?.follow(lines);
      listen(lines, gatherPasted(lines, { ...gathering, input, output }));
      if (options.greeting) say(options.greeting);
      screen.prompt();
    },
    async post(_place, answer) {
      show(answer);
      if (!running) screen.prompt();
      const id = String(++posted);
      said.set(id, wordsOf(answer));
      return { place: terminalPlace, id };
    },
    async edit({ id }, answer) {
      const words = wordsOf(answer);
      // What was printed stays: without the control that is gone it would only be said again.
      if (said.get(id) === words) return;
      said.set(id, words);
      show(answer);
    },
    async openThread(ref) {
      return ref.place;
    },
    async stop() {
      waiting.length = 0;
      cancel.abort();
      lines?.close();
    },
  };

  function onUnfinished(): void {
    lines?.setPrompt(prompts.unfinished);
    screen.prompt();
  }
}

const wordsOf = ({ blocks }: Reply) => JSON.stringify(blocks.filter(({ kind }) => kind !== "controls"));

function callerOf(person: Person): Caller {
  const { timeZone: zone } = new Intl.DateTimeFormat().resolvedOptions();
  return { person, place: terminalPlace, room: limits.room, locale: "en", zone, event: `terminal:${randomUUID()}` };
}
