import type { Log } from "./core/log.ts";

/**
 * The last resort: an error that no part caught is logged (and so counted), and the bot goes on. It serves many people on several platforms;
 * one odd event must not end it for all of them. Returns what takes the listeners off again.
 */
export function surviveErrors(log: Log): () => void {
  const survive = (error: unknown) => log.error("unexpected error; the bot goes on", { error });
  process.on("uncaughtException", survive).on("unhandledRejection", survive);
  return () => void process.off("uncaughtException", survive).off("unhandledRejection", survive);
}
