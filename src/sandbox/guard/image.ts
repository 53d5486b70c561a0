import { createHash } from "node:crypto";
import { readdirSync, readFileSync, statSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { pack } from "tar-stream";
import type { Engine } from "../../engine/engine.ts";
import { EngineError, isEngineError } from "../../engine/engine-error.ts";
import { buildMachineBase, findBusybox, type MachineBusybox } from "./machine-base.ts";

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

/** The shared image could not be made. `message` is for learners, `detail` for the host. */
export class ImageError extends Error {
  readonly detail: string;

  constructor(detail: string, cause?: unknown) {
    super("Sandboxes are off, because the image they come from could not be made. `doctor` tells the host why.", {
      cause,
    });
    this.name = "ImageError";
    this.detail = detail;
  }
}

/** How the shared image is found or made. */
export interface ImageOptions {
  /** Replaces the pinned public base. */
  base?: string | undefined;
  onLine?: (line: string) => void;
  /** The machine's own busybox, which takes the place of a public base that cannot be had. */
  machine?: MachineBusybox | undefined;
  /** Told why the public base could not be had, before the machine's own takes its place. */
  onFallback?: (why: string) => void;
}

/**
 * Finds the shared image or builds it with the engine; the tag follows from the recipe and its base, so a changed recipe is built
 * anew. Throws {@link ImageError} when it cannot be built, EngineError when the engine is gone.
 */
export async function prepareImage(engine: Engine, options: ImageOptions = {}): Promise<SharedImage> {
  const { base, onLine, onFallback } = options;
  if (base) return build(engine, base, onLine);
  const machine = "machine" in options ? options.machine : findBusybox();
  // What was made from the machine's own stays in use: behind a firewall every try to reach a registry takes its time.
  const made = (await found(engine)) ?? (machine && (await found(engine, machine.reference)));
  if (made) return made;
  try {
    return await build(engine, undefined, onLine);
  } catch (error) {
    if (!(error instanceof ImageError) || !machine) throw error;
    onFallback?.(error.detail);
    try {
      await buildMachineBase(engine, machine);
      return await build(engine, machine.reference, onLine);
    } catch (second) {
      if (isEngineError(second, "unreachable")) throw second;
      throw error;
    }
  }
}

/** The image of a base, if it was built before. */
async function found(engine: Engine, base?: string): Promise<SharedImage | undefined> {
  const reference = referenceOf(base);
  const id = await find(engine, reference);
  return id === undefined ? undefined : { id, reference, built: false };
}

function referenceOf(base = ""): string {
  const hash = createHash("sha256").update(base);
  for (const name of recipe()) hash.update(`\0${name}\0`).update(readFileSync(join(cakeFolder, name)));
  return `${repository}:${hash.digest("hex").slice(0, 12)}`;
}

const recipe = () => readdirSync(cakeFolder).sort();

async function build(engine: Engine, base?: string, onLine?: (line: string) => void): Promise<SharedImage> {
  const before = await found(engine, base);
  if (before) return before;
  const reference = referenceOf(base);
  let last = "";
  try {
    const id = await engine.images.build({
      context: await archive(recipe()),
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
      `The shared image could not be built (${said || last}). If there is no registry within reach, install busybox-static on this machine, or name a local base image with CAKE_BASE.`,
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
