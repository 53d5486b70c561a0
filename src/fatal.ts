import type { Log } from "./core/log.ts";

/** Errors whose message is written for the host. */
const forHosts = new Set(["ConfigError", "CurriculumError", "StoreError", "StartError", "LogError"]);

/** Nothing could be started, or it could not go on; the message is for the host. */
export class StartError extends Error {
  constructor(message: string, cause?: unknown) {
    super(message, { cause });
    this.name = "StartError";
  }
}

/** Whether the message alone tells the host what to do. */
export function isForHosts(error: unknown): error is Error {
  return error instanceof Error && forHosts.has(error.name);
}

/** What ended the bot as a sentence for a screen; the rest of it goes to the log file `path`. */
export function inWords(error: unknown, log: Log, path: string): Error {
  if (isForHosts(error)) return error;
  log.error("ended by an error", { error });
  return new StartError(
    `Something in Bakehouse itself failed, so it has ended. Nothing of yours is lost. What happened is in ${path}.`,
    error,
  );
}
