import type { z } from "zod";
import type { Engine } from "../engine/engine.ts";
import type { Names } from "../engine/names.ts";
import type { BuildCache } from "./build/build-cache.ts";
import type { Holdings, OwnContainer, OwnImage } from "./holdings.ts";
import type { LinesHost, SharedImage } from "./lines-host.ts";
import type { Printer } from "./printer.ts";

/** Files of a learner on this side of `docker cp`: a name without folders, and its bytes. */
export type Attachments = Map<string, Uint8Array>;

/** Everything one docker line works with while it runs. */
export interface Session {
  host: LinesHost;
  engine: Engine;
  /** Whose line it is; everything it makes carries this. */
  owner: string;
  slot: number;
  workspace: string;
  names: Names;
  holdings: Holdings;
  shared: readonly SharedImage[];
  out: Printer;
  /** A sentence beside the output: what the sandbox did otherwise than the real program. */
  note(sentence: string): void;
  /** Hands a file to the learner. */
  file(name: string, bytes: Uint8Array): void;
  attachments: Attachments;
  /** Build steps of this learner that need not run again. */
  buildCache: BuildCache;
  /** The here-document or fenced block that came with the line. */
  input?: string | undefined;
  signal: AbortSignal;
  /** Milliseconds since the epoch. */
  now(): number;
  /** Milliseconds a program in the foreground is waited for. */
  patience: number;
}

/** One docker command, for example `docker ps`: its flags, how many words it takes, and what it does. */
export interface LineCommand<F extends z.ZodObject = z.ZodObject> {
  /** `ps`, or `image prune` where only the long form exists. */
  name: string;
  /** Other ways to say it: `container ls`. */
  also?: readonly string[];
  /** After `docker`, as in the program's own help: `docker ps [OPTIONS]`. */
  usage: string;
  summary: string;
  flags: F;
  /** Plain words it takes at least and at most. */
  args: readonly [number, number];
  /** Flags may come after the first plain word; default true. */
  interspersed?: boolean;
  /** What its words name, for completion. */
  completes?: "container" | "image";
  /** Prints to `session.out` and resolves with the exit code, null when a program goes on running. Throws what it cannot do. */
  run(given: { flags: z.output<F>; args: string[] }, session: Session): Promise<number | null>;
}

/** Types a command's flags for its `run` and hands it back unchanged. */
export function defineLine<F extends z.ZodObject>(command: LineCommand<F>): LineCommand {
  return command as unknown as LineCommand;
}

export type { OwnContainer, OwnImage };
