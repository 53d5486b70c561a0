import type { Command } from "./command.ts";
import type { Caller, Place } from "./context.ts";
import type { Log } from "./log.ts";
import type { Choice, Reply } from "./reply.ts";

/** A posted message, as plain data that can be stored. */
export interface MessageRef {
  place: Place;
  id: string;
}

/** A request to run a command. Options may still be strings; dispatch checks them. */
export interface Invocation {
  command: string;
  options: Record<string, unknown>;
  caller: Caller;
}

/** What a platform is given: the whole bot behind four members. */
export interface App {
  commands: readonly Command[];
  /** Never throws. Yields whole replies, each replacing the one before; the last one is final. */
  dispatch(invocation: Invocation, signal?: AbortSignal): AsyncIterable<Reply>;
  /** Choices for an option that is being typed; at most 25. Never throws. */
  complete(command: string, option: string, typed: string, caller: Caller): Promise<Choice[]>;
  log: Log;
}

/**
 * How a platform's connection is. `reconnecting` mends itself; `lost` needs the host, whom `why` tells in words what to do. With `restart`
 * it is worth a try to stop the platform and to start it again.
 */
export type PlatformHealth =
  | { state: "connected" }
  | { state: "reconnecting"; why?: string; restart?: boolean }
  | { state: "lost"; why: string; restart?: boolean };

/** A place where people talk. */
export interface Platform {
  name: string;
  /**
   * Resolves when people can use the bot here; after {@link stop} it may be started again. Throws an Error in words for the host, a
   * {@link RefusedError} where trying again cannot help.
   */
  start(app: App): Promise<void>;
  /** `key` makes a retried post idempotent where the platform can; `maybeSent`: an earlier attempt with this key may have arrived. */
  post(place: Place, reply: Reply, options?: { key?: string; maybeSent?: boolean }): Promise<MessageRef>;
  edit(ref: MessageRef, reply: Reply): Promise<void>;
  /** Opens a thread under a posted message and returns where to post into it. */
  openThread(ref: MessageRef, title: string): Promise<Place>;
  /** Whether people can reach the bot here right now, and be answered; left out where there is no connection to lose. */
  health?(): PlatformHealth | Promise<PlatformHealth>;
  /** Resolves when the people here are done, where that ends the program. */
  closed?: Promise<void>;
  stop(): Promise<void>;
}

/** The post belongs to a channel, thread or message that is gone or forbidden: retrying cannot help. */
export class UnreachableError extends Error {
  /** What people are told: why it cannot be said there, and what to do. */
  readonly advice: string | undefined;

  /** `message` is for the log. */
  constructor(message: string, advice?: string) {
    super(message);
    this.name = "UnreachableError";
    this.advice = advice;
  }
}

/** The platform does not take the settings, such as a token: only the host can mend that. The message is for the host. */
export class RefusedError extends Error {
  constructor(message: string, options?: ErrorOptions) {
    super(message, options);
    this.name = "RefusedError";
  }
}
