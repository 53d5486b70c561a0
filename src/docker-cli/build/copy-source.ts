import { posix } from "node:path";
import { CliError } from "../../engine/cli-error.ts";
import { isEngineError } from "../../engine/engine-error.ts";
import { readTar, type TarHeader } from "../../engine/tar-files.ts";
import type { Session } from "../session.ts";

/** One thing that a COPY names, which can be read as often as needed. */
export interface CopySource {
  typed: string;
  /** The same for two ways to name the same thing. */
  key: string;
  /** The first entry is the thing itself. Throws {@link CliError} in the builder's words. */
  entries(): AsyncIterable<{ header: TarHeader; body: AsyncIterable<Uint8Array> }>;
}

/** The text of a here-document. */
export function inlineSource(typed: string, text: string): CopySource {
  return onlyFile(typed, typed.replace(/^<</, ""), Buffer.from(text));
}

/** A file that `docker cp` brought out before. Throws {@link CliError} when there is none of that name. */
export function keptSource(session: Session, typed: string): CopySource {
  const bytes = session.attachments.get(typed.replace(/^\.\//, ""));
  if (bytes) return onlyFile(typed, posix.basename(typed), bytes);
  session.note(
    "A build here has no folder of files. Write the file into the Dockerfile: `COPY <<END /cake/note`, its lines, `END`. Files that `docker cp` brought out can be copied, too.",
  );
  throw new CliError(
    `COPY failed: file not found in build context or excluded by .dockerignore: stat ${typed}: file does not exist`,
  );
}

/** A file or folder of a container that never runs, read from the engine each time. */
export function openSource(session: Session, container: string, typed: string): CopySource {
  const path = posix.resolve("/", typed);
  return {
    typed,
    key: path,
    async *entries() {
      try {
        yield* readTar(await session.engine.containers.streamOut(container, path));
      } catch (error) {
        if (isEngineError(error, "not-found"))
          throw new CliError(`COPY failed: stat ${typed.replace(/^\//, "")}: file does not exist`);
        throw error;
      }
    },
  };
}

function onlyFile(typed: string, name: string, bytes: Uint8Array): CopySource {
  const header = { name, mode: 0o644, type: "file" as const, mtime: new Date(), size: bytes.length };
  return {
    typed,
    key: name,
    async *entries() {
      yield { header, body: oneChunk(bytes) };
    },
  };
}

async function* oneChunk(bytes: Uint8Array): AsyncGenerator<Uint8Array> {
  yield bytes;
}
