import { pino } from "pino";
import type { Log } from "./core/log.ts";

/** Everything that must never reach a log, wherever it hangs. */
const secrets = ["token", "authorization", "password", "secret", "text", "question", "content"];

/** JSON lines on standard error. Errors keep their stack here and only here; secrets and message texts are struck out. */
export function createLog(level: string): Log {
  const logger = pino(
    {
      level,
      base: null,
      redact: { paths: secrets.flatMap((name) => [name, `*.${name}`, `*.*.${name}`]), censor: "[removed]" },
    },
    pino.destination({ dest: 2, sync: true }),
  );
  const write =
    (at: "debug" | "info" | "warn" | "error") =>
    (event: string, { error, ...details }: Record<string, unknown> = {}): void => {
      logger[at]({ ...details, ...(error !== undefined && { err: error }) }, event);
    };
  return { debug: write("debug"), info: write("info"), warn: write("warn"), error: write("error") };
}
