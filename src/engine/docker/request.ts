import type { Readable } from "node:stream";
import type Docker from "dockerode";
import { EngineError } from "../engine-error.ts";
import { toEngineError } from "./errors.ts";

interface Dialling {
  dial(request: unknown, done: (error: unknown, data: NodeJS.ReadableStream) => void): void;
}

/** A request whose answer is read as a stream, where the library would collect all of it. `path` ends in `?`. */
export function dial(
  docker: Docker,
  method: "GET" | "POST",
  path: string,
  options: Record<string, unknown>,
): Promise<NodeJS.ReadableStream> {
  const { promise, resolve, reject } = Promise.withResolvers<NodeJS.ReadableStream>();
  const statusCodes = { 200: true, 201: true };
  const request = { path, method, isStream: true, statusCodes, options: { _query: options, _body: {} } };
  (docker.modem as unknown as Dialling).dial(request, (error, data) => (error ? reject(error) : resolve(data)));
  return promise;
}

/** Reads a stream into memory. Throws `too-large` past `most` bytes, `unreachable` when it breaks. */
export async function collect(stream: NodeJS.ReadableStream, most: number): Promise<Uint8Array> {
  const chunks: Uint8Array[] = [];
  let size = 0;
  try {
    for await (const chunk of stream as AsyncIterable<Uint8Array>) {
      size += chunk.length;
      if (size > most) throw new EngineError("too-large");
      chunks.push(chunk);
    }
  } catch (error) {
    throw toEngineError(error);
  } finally {
    (stream as Readable).destroy();
  }
  return Buffer.concat(chunks);
}

/** Calls back for every line of a stream of JSON documents; resolves at its end, rejects `unreachable` when it breaks. */
export async function eachJson<T>(stream: NodeJS.ReadableStream, on: (document: T) => void): Promise<void> {
  const decoder = new TextDecoder();
  let rest = "";
  try {
    for await (const chunk of stream as AsyncIterable<Uint8Array>) {
      const lines = (rest + decoder.decode(chunk, { stream: true })).split("\n");
      rest = lines.pop() ?? "";
      for (const line of lines) if (line.trim()) on(JSON.parse(line) as T);
    }
    if (rest.trim()) on(JSON.parse(rest) as T);
  } catch (error) {
    throw toEngineError(error);
  } finally {
    (stream as Readable).destroy();
  }
}
