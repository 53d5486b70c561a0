import type { Block } from "../core/reply.ts";

/** What one `docker` line printed and how it ended. */
export interface LineResult {
  output: string;
  /** Null where a program goes on running. */
  exitCode: number | null;
}

/**
 * A clean corner of the engine in which a transcript is played: nothing in it but the shared image, and nothing of it is left behind.
 */
export interface Stage {
  /** Runs one `docker …` line. Rejects only when the engine cannot be used; what Docker itself refuses is a result. */
  run(line: string, signal: AbortSignal): Promise<LineResult>;
  /** What the containers look like now, as a picture or in words; nothing where nothing can be drawn. */
  draw?(): Promise<Block[]>;
  /** Removes every container and image that the lines made. */
  clear(): Promise<void>;
}

/** Opens stages. Rejects with a UserError when there is no room, or no engine. */
export interface Theatre {
  open(owner: string, signal: AbortSignal): Promise<Stage>;
  /** The engine's version, for example `29.1.0`. */
  version(): Promise<string>;
}
