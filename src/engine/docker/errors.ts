import { type Readable, Stream } from "node:stream";
import { EngineError, type EngineErrorKind } from "../engine-error.ts";

/** The engine is given this long (ms) to answer a plain request. */
export const answerTime = 60_000;

/** Awaits what the client library promises; rejects with an {@link EngineError} only, `unreachable` after `time` ms of silence. */
export async function ask<T>(request: Promise<T>, time: number = answerTime): Promise<T> {
  const silence = Promise.withResolvers<never>();
  const timer = setTimeout(() => silence.reject(new EngineError("unreachable", `no answer within ${time} ms`)), time);
  try {
    return await Promise.race([request, silence.promise]);
  } catch (error) {
    // What comes too late is not read by anybody: a stream would stay open.
    request.then(letGo, () => {});
    throw toEngineError(error);
  } finally {
    clearTimeout(timer);
  }
}

function letGo(late: unknown): void {
  if (late instanceof Stream) (late as Readable).destroy();
}

/** Sorts what the client library threw into the kinds of {@link EngineError}. */
export function toEngineError(error: unknown): EngineError {
  if (error instanceof EngineError) return error;
  const { statusCode, json, code, message } = error as {
    statusCode?: number;
    json?: { message?: string } | Buffer;
    code?: string;
    message?: string;
  };
  if (statusCode === undefined) return new EngineError("unreachable", `${code ?? ""} ${message ?? ""}`.trim(), error);
  const said = json && "message" in json && typeof json.message === "string" ? json.message : plain(message ?? "");
  return new EngineError(kindOf(statusCode, said), said, error);
}

function plain(message: string): string {
  return message.replace(/^\(HTTP code \d+\) [^-]* - /, "").trim();
}

function kindOf(status: number, said: string): EngineErrorKind {
  // With its container's end the engine forgets a command that was prepared but not started.
  if (/is not running|not running|is stopped|is paused|no such exec instance/i.test(said)) return "not-running";
  // A daemon that is going down answers with this, whatever was asked.
  if (/containerd\.sock|grpc|transport is closing|shutting down|context canceled/i.test(said)) return "unreachable";
  if (
    /executable file not found|no such file or directory: unknown|permission denied: unknown|exec format error/i.test(
      said,
    )
  )
    return "no-program";
  if (status === 404) return "not-found";
  if (status === 409)
    return /being used|is using its referenced|dependent child|is referenced|must be forced/.test(said)
      ? "in-use"
      : "conflict";
  if (status === 400 || status === 401 || status === 403) return "refused";
  return "failed";
}
