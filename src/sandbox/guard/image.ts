import { createHash } from "node:crypto";
import { readdirSync, readFileSync, statSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { pack } from "tar-stream";
import type { Engine } from "../../engine/engine.ts";
import { EngineError, isEngineError } from "../../engine/engine-error.ts";

/** The recipe of the shared image. */
export const cakeFolder = fileURLToPath(new URL("../../../images/cake", import.meta.url));
const repository = "bakehouse/cake";

/** The image that sandboxes come from. */
export interface SharedImage {
  /** `sha256:…`; what every container of it names. */
  id: string;
  reference: string;
  /** Whether it had to be built now. */
  built: boolean;
}

/** The shared image could not be made. `message` is for the host. */
export class ImageError extends Error {
  constructor(message: string, cause?: unknown) {
    super(message, { cause });
    this.name = "ImageError";
  }
}

/**
 * Finds the shared image or builds it with the engine; the tag follows from the recipe and its base, so a changed recipe is built
 * anew. `base` replaces the pinned public base. Throws {@link ImageError} when it cannot be built, EngineError when the engine is gone.
 */
export async function prepareImage(
  engine: Engine,
  { base, onLine }: { base?: string | undefined; onLine?: (line: string) => void } = {},
): Promise<SharedImage> {
  const files = readdirSync(cakeFolder).sort();
  const hash = createHash("sha256").update(base ?? "");
  for (const name of files) hash.update(`\0${name}\0`).update(readFileSync(join(cakeFolder, name)));
  const reference = `${repository}:${hash.digest("hex").slice(0, 12)}`;
  const found = await find(engine, reference);
  if (found) return { id: found, reference, built: false };
  let last = "";
  try {
    const id = await engine.images.build({
      context: await archive(files),
      reference,
      ...(base && { buildArgs: { BASE: base } }),
      onLine(line) {
        last = line;
        onLine?.(line);
      },
    });
    return { id, reference, built: true };
  } catch (error) {
    if (isEngineError(error, "unreachable")) throw error;
    const said = error instanceof EngineError ? error.detail || error.message : String(error);
    throw new ImageError(
      `The shared image could not be built (${said || last}). If there is no registry within reach, name a local base image with CAKE_BASE.`,
      error,
    );
  }
}

async function find(engine: Engine, reference: string): Promise<string | undefined> {
  try {
    return (await engine.images.inspect(reference)).id;
  } catch (error) {
    if (isEngineError(error, "not-found")) return undefined;
    throw error;
  }
}

/** A tar of the recipe; every time is 0, so that the same files are the same layers everywhere. */
async function archive(files: string[]): Promise<Uint8Array> {
  const tar = pack();
  for (const name of files) {
    const path = join(cakeFolder, name);
    const mode = statSync(path).mode & 0o111 ? 0o755 : 0o644;
    tar.entry({ name, mode, mtime: new Date(0), uid: 0, gid: 0 }, readFileSync(path));
  }
  tar.finalize();
  const chunks: Uint8Array[] = [];
  for await (const chunk of tar) chunks.push(chunk as Uint8Array);
  return Buffer.concat(chunks);
}
