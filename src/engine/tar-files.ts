import { Readable } from "node:stream";
import { extract, type Header, type Pack, pack } from "tar-stream";

/** What an entry of an archive is and where it goes. */
export type TarHeader = Partial<Header> & { name: string };

/** An entry of an archive: where it goes, and what it is. */
export interface TarEntry {
  header: TarHeader;
  body: Buffer;
}

/** Packs entries into an archive. */
export async function packTar(entries: readonly TarEntry[]): Promise<Uint8Array> {
  const archive = pack();
  for (const { header, body } of entries) archive.entry(header, body);
  archive.finalize();
  const chunks: Uint8Array[] = [];
  for await (const chunk of archive) chunks.push(chunk as Uint8Array);
  return Buffer.concat(chunks);
}

/** Reads a small archive; device nodes and the like are left out. */
export async function unpackTar(archive: Uint8Array): Promise<TarEntry[]> {
  const entries: TarEntry[] = [];
  for await (const { header, body } of readTar(Readable.from([archive]))) {
    const chunks: Uint8Array[] = [];
    for await (const chunk of body) chunks.push(chunk);
    entries.push({ header, body: Buffer.concat(chunks) });
  }
  return entries;
}

/** Reads an archive entry by entry without holding it; device nodes and the like are left out. A body is read before the next entry is asked for, or not at all. */
export async function* readTar(
  archive: NodeJS.ReadableStream,
): AsyncGenerator<{ header: TarHeader; body: AsyncIterable<Uint8Array> }> {
  const reader = extract();
  archive.on("error", (error) => reader.destroy(error));
  archive.pipe(reader);
  try {
    for await (const entry of reader) {
      if (/^(file|directory|symlink|link)$/.test(entry.header.type ?? "file"))
        yield { header: entry.header, body: entry as AsyncIterable<Uint8Array> };
      entry.resume();
    }
  } finally {
    (archive as Readable).destroy();
  }
}

/** Adds one entry to an archive; resolves when it was taken. Rejects when nobody reads the archive any more. */
export type AddEntry = (header: TarHeader, body: AsyncIterable<Uint8Array> | Buffer) => Promise<void>;

/** An archive that is made while it is read, so that only a part of it is ever held. What `fill` throws breaks it. */
export function streamTar(fill: (add: AddEntry) => Promise<void>): Readable {
  const archive = pack();
  fill((header, body) => addEntry(archive, header, body)).then(
    () => archive.finalize(),
    (error: Error) => archive.destroy(error),
  );
  return Readable.from(archive, { objectMode: false, highWaterMark: 64 * 1024 });
}

async function addEntry(archive: Pack, header: TarHeader, body: AsyncIterable<Uint8Array> | Buffer): Promise<void> {
  const done = Promise.withResolvers<void>();
  const told = (error?: Error | null) => (error ? done.reject(error) : done.resolve());
  if (Buffer.isBuffer(body)) archive.entry(header, body, told);
  else if (header.type !== undefined && header.type !== "file") archive.entry(header, Buffer.alloc(0), told);
  else {
    const sink = archive.entry(header, told);
    done.promise.catch(() => {});
    let room = Promise.withResolvers<void>();
    sink.on("drain", () => room.resolve());
    sink.on("close", () => room.resolve());
    for await (const chunk of body) {
      room = Promise.withResolvers<void>();
      if (sink.destroyed) break;
      if (!sink.write(chunk)) await room.promise;
    }
    sink.end(undefined);
  }
  await done.promise;
}
