import { pack } from "tar-stream";

/** A tar archive of the files; by default they may be run by everybody and belong to root. */
export async function tarOf(files: Record<string, Uint8Array | string>, mode = 0o755): Promise<Uint8Array> {
  const tar = pack();
  for (const [name, content] of Object.entries(files)) tar.entry({ name, mode, uid: 0, gid: 0 }, Buffer.from(content));
  tar.finalize();
  const chunks: Uint8Array[] = [];
  for await (const chunk of tar) chunks.push(chunk as Uint8Array);
  return Buffer.concat(chunks);
}
