import { createHash } from "node:crypto";
import { Readable } from "node:stream";
import { extract, type Header, pack } from "tar-stream";

/** An entry of an archive: where it goes, and what it is. */
export interface TarEntry {
  header: Partial<Header> & { name: string };
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

/** Reads an archive; device nodes and the like are left out. */
export async function unpackTar(archive: Uint8Array): Promise<TarEntry[]> {
  const reader = Readable.from([Buffer.from(archive)]).pipe(extract());
  const entries: TarEntry[] = [];
  for await (const entry of reader) {
    const chunks: Uint8Array[] = [];
    for await (const chunk of entry) chunks.push(chunk as Uint8Array);
    if (/^(file|directory|symlink|link)$/.test(entry.header.type ?? "file"))
      entries.push({ header: entry.header, body: Buffer.concat(chunks) });
  }
  return entries;
}

/** A hash over names, rights and contents, but not over times. */
export function hashEntries(entries: readonly TarEntry[]): string {
  const hash = createHash("sha256");
  for (const { header, body } of entries)
    hash
      .update(`${header.name}\0${header.type}\0${header.mode}\0${header.uid}\0${header.linkname ?? ""}\0`)
      .update(body);
  return hash.digest("hex");
}
