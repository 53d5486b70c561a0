import { join } from "node:path";
import { pino } from "pino";
import type { Config } from "./config.ts";
import type { Log } from "./core/log.ts";
import { identity } from "./identity.ts";
import { openLogFile } from "./log-file.ts";

/** Everything that must never reach a log, wherever it hangs. */
const secrets = ["token", "authorization", "password", "secret", "text", "question", "content"];

/** What `LOG_FILE` says for standard error. */
const standardError = "stderr";

/**
 * Where the log goes: standard error for a bot in chats, a file beside the data in the terminal, where people read the screen.
 * Returns a path, or undefined for standard error.
 */
export function logPath({ LOG_FILE, DATA_DIR }: Pick<Config, "LOG_FILE" | "DATA_DIR">, chat: boolean) {
  if (LOG_FILE === standardError) return undefined;
  return LOG_FILE ?? (chat ? undefined : join(DATA_DIR, "bakehouse.log"));
}

/**
 * JSON lines on standard error, or in the file `path`. Errors keep their stack here and only here; secrets and message texts are struck out.
 * Throws {@link LogError} when the file cannot be written.
 */
export function createLog(level: string, path?: string): Log {
  const logger = pino(
    {
      level,
      base: identity,
      redact: { paths: secrets.flatMap((name) => [name, `*.${name}`, `*.*.${name}`]), censor: "[removed]" },
    },
    path === undefined || level === "silent" ? pino.destination({ dest: 2, sync: true }) : openFile(path),
  );
  const write =
    (at: "debug" | "info" | "warn" | "error") =>
    (event: string, { error, ...details }: Record<string, unknown> = {}): void => {
      logger[at]({ ...details, ...(error !== undefined && { err: error }) }, event);
    };
  return { debug: write("debug"), info: write("info"), warn: write("warn"), error: write("error") };
}

/** The log's file cannot be written; the message is for the host. */
class LogError extends Error {
  constructor(path: string, cause: unknown) {
    const said = cause instanceof Error ? cause.message : String(cause);
    super(
      `The log cannot be written to ${path} (${said}). Choose another file with LOG_FILE, or LOG_FILE=${standardError}; the file lies in DATA_DIR if LOG_FILE is not set.`,
      { cause },
    );
    this.name = "LogError";
  }
}

function openFile(path: string) {
  try {
    return openLogFile(path);
  } catch (error) {
    throw new LogError(path, error);
  }
}
