import { setMaxListeners } from "node:events";
import { CliError } from "../engine/cli-error.ts";
import { isEngineError } from "../engine/engine-error.ts";
import { limits } from "../engine/limits.ts";
import { removeImages } from "../sandbox/guard/remove-images.ts";
import { removeSurely } from "../sandbox/guard/remove-surely.ts";
import type { BuildCache } from "./build/build-cache.ts";
import { inEngineWords } from "./engine-words.ts";
import { forgetNames } from "./forget-names.ts";
import { createHoldings } from "./holdings.ts";
import { LineRefusal } from "./line-refusal.ts";
import type { LinesHost } from "./lines-host.ts";
import { createPrinter } from "./printer.ts";
import { readLine, usageHint } from "./read-line.ts";
import type { Attachments, LineCommand, Session } from "./session.ts";

/** Whose line it is, and what they have besides containers of their own. */
export interface LineOwner {
  /** Goes into every container and image; anybody else's are invisible. */
  owner: string;
  slot: number;
  /** Where they are, for fair shares among workspaces. */
  workspace?: string;
  /** The learner's sandbox, which is listed under this name. */
  main?: { id: string; shown: string };
}

/** A file that a line hands to the learner. */
export interface LineFile {
  name: string;
  bytes: Uint8Array;
}

/** What came of a line. */
export interface LineResult {
  /** Both streams as they came, safe to show; ends in a newline unless it is empty. */
  output: string;
  /** Null where a program goes on running. */
  exitCode: number | null;
  /** Sentences about what the sandbox did otherwise than the real program. */
  notes: string[];
  files: LineFile[];
  /** Set when the line was not run: why, and the card that tells more. */
  refused?: { why: string; concept?: string };
}

export interface LineOptions {
  signal?: AbortSignal;
  /** Milliseconds a program in the foreground is waited for. */
  patience?: number;
}

/** Runs docker lines for many owners, one after the other for each. */
export interface DockerLines {
  /** Rejects only with EngineError, when the engine does not answer. */
  run(typed: string, who: LineOwner, options?: LineOptions): Promise<LineResult>;
  /** Names that begin with what was typed, for completion. */
  complete(kind: "container" | "image", typed: string, who: LineOwner): Promise<string[]>;
  /** Lets go of an owner's image names and files; containers and images go by their labels. */
  forget(owner: string): Promise<void>;
  /** Removes every container, image and name of an owner. */
  removeAll(owner: string): Promise<void>;
}

export interface DockerLinesParts {
  host: LinesHost;
  now?(): number;
}

/** See {@link DockerLines}. */
export function createDockerLines({ host, now = Date.now }: DockerLinesParts): DockerLines {
  const attachments = new Map<string, Attachments>();
  const caches = new Map<string, BuildCache>();
  const turns = new Map<string, Promise<unknown>>();

  /** Two lines of one owner never run at once, so counting and creating cannot overtake each other. */
  function inTurn<T>(owner: string, work: () => Promise<T>): Promise<T> {
    const turn = (turns.get(owner) ?? Promise.resolve()).then(work, work);
    turns.set(owner, turn);
    const done = () => {
      if (turns.get(owner) === turn) turns.delete(owner);
    };
    turn.then(done, done);
    return turn;
  }

  function openHoldings({ owner, main }: LineOwner) {
    const names = host.namesOf(owner);
    const shared = host.shared();
    return {
      names,
      shared,
      holdings: createHoldings({ engine: host.engine, labels: host.labelsOf(owner), names, shared, main }),
    };
  }

  function cacheOf(owner: string): BuildCache {
    const cache = caches.get(owner) ?? new Map();
    caches.set(owner, cache);
    return cache;
  }

  async function runNow(
    typed: string,
    who: LineOwner,
    { signal, patience = limits.commandSeconds * 1000 }: LineOptions,
  ) {
    const out = createPrinter(limits.output);
    const notes: string[] = [];
    const files: LineFile[] = [];
    const kept = attachments.get(who.owner) ?? new Map<string, Uint8Array>();
    const stop = signal ? AbortSignal.any([signal]) : new AbortController().signal;
    setMaxListeners(0, stop);
    const names = host.namesOf(who.owner);
    const finish = (exitCode: number | null): LineResult => {
      const news = host.takeNews(who.owner).map((sentence) => names.scrub(sentence));
      return { output: out.text(), exitCode, notes: [...notes, ...news], files };
    };
    let command: LineCommand | undefined;
    try {
      const line = readLine(typed);
      if ("help" in line) {
        out.line(line.help);
        return finish(0);
      }
      command = line.command;
      const session: Session = {
        ...openHoldings(who),
        host,
        engine: host.engine,
        owner: who.owner,
        slot: who.slot,
        workspace: who.workspace ?? "",
        out,
        note: (sentence) => {
          if (!notes.includes(sentence)) notes.push(sentence);
        },
        file: (name, bytes) => {
          files.push({ name, bytes });
          kept.set(name, bytes);
          attachments.set(who.owner, kept);
        },
        attachments: kept,
        buildCache: cacheOf(who.owner),
        input: line.input,
        signal: stop,
        now,
        patience,
      };
      return finish(await line.command.run({ flags: line.flags, args: line.args }, session));
    } catch (error) {
      if (error instanceof CliError) {
        const usage = command && /^invalid argument/.test(error.message) ? usageHint(command) : "";
        out.line((await inEngineWords(host.engine, error.message)) + usage);
        return finish(error.exitCode);
      }
      if (isEngineError(error) && error.kind !== "unreachable") {
        out.line(`Error response from daemon: ${names.scrub(error.detail || error.message)}`);
        return finish(1);
      }
      if (!(error instanceof LineRefusal)) throw error;
      return {
        ...finish(1),
        refused: { why: error.message, ...(error.concept !== undefined && { concept: error.concept }) },
      };
    }
  }

  return {
    run: (typed, who, options = {}) => inTurn(who.owner, () => runNow(typed, who, options)),
    async complete(kind, typed, who) {
      const { holdings } = openHoldings(who);
      const names =
        kind === "container"
          ? (await holdings.containers()).map(({ shown }) => shown)
          : (await holdings.images()).flatMap(({ shown }) => shown.map((name) => name.replace(/:latest$/, "")));
      return [...new Set(names)].filter((name) => name.startsWith(typed)).slice(0, 25);
    },
    async forget(owner) {
      attachments.delete(owner);
      caches.delete(owner);
      await forgetNames(host.engine, host.namesOf(owner));
    },
    removeAll: (owner) =>
      inTurn(owner, async () => {
        attachments.delete(owner);
        caches.delete(owner);
        const { engine } = host;
        const labels = host.labelsOf(owner);
        const containers = await engine.containers.list({ labels });
        await Promise.all(containers.map(({ id }) => removeSurely(engine, id)));
        await forgetNames(engine, host.namesOf(owner));
        await removeImages(engine, labels);
      }),
  };
}
