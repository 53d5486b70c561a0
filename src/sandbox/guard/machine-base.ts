import { execFile } from "node:child_process";
import { createHash } from "node:crypto";
import { readFileSync, statSync } from "node:fs";
import { promisify } from "node:util";
import { type Pack, pack } from "tar-stream";
import type { Engine } from "../../engine/engine.ts";
import { isEngineError } from "../../engine/engine-error.ts";

/** Where systems keep a busybox that needs no library. */
const places = ["/bin/busybox", "/usr/bin/busybox", "/bin/busybox.static", "/usr/local/bin/busybox"];
/** No busybox is larger, in bytes. */
const largest = 16 * 1024 * 1024;

/** A busybox of this machine from which a base image can be made. */
export interface MachineBusybox {
  path: string;
  /** The image that is made from it; another busybox has another name. */
  reference: string;
}

/** The machine's own busybox, if it has one that is linked statically. */
export function findBusybox(from: readonly string[] = places): MachineBusybox | undefined {
  for (const path of from) {
    const program = readProgram(path);
    if (!program || !isStatic(program)) continue;
    const hash = createHash("sha256").update(program).digest("hex").slice(0, 12);
    return { path, reference: `bakehouse/base:${hash}` };
  }
  return undefined;
}

/**
 * Makes a base image from scratch: the busybox, its applets as links, and the few files a program expects. Does nothing when it is there already.
 * Throws EngineError when the engine cannot build it.
 */
export async function buildMachineBase(engine: Engine, { path, reference }: MachineBusybox): Promise<void> {
  try {
    await engine.images.inspect(reference);
    return;
  } catch (error) {
    if (!isEngineError(error, "not-found")) throw error;
  }
  await engine.images.build({ context: await baseContext(path), reference });
}

function readProgram(path: string): Buffer | undefined {
  try {
    const { size } = statSync(path);
    return size <= largest ? readFileSync(path) : undefined;
  } catch {
    return undefined;
  }
}

/** Whether a program is an ELF file of 64 bits that asks for no interpreter, which loads libraries. See elf(5). */
export function isStatic(program: Buffer): boolean {
  if (program.length < 64 || program.readUInt32BE(0) !== 0x7f454c46 || program[4] !== 2 || program[5] !== 1)
    return false;
  const headers = Number(program.readBigUInt64LE(32));
  const size = program.readUInt16LE(54);
  const count = program.readUInt16LE(56);
  const interpreter = 3;
  for (let index = 0; index < count; index++) {
    const at = headers + index * size;
    if (at + 4 > program.length || program.readUInt32LE(at) === interpreter) return false;
  }
  return count > 0;
}

const dockerfile = `FROM scratch
COPY root /
ENV PATH=/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin
CMD ["sh"]
`;
const users = "root:x:0:0:root:/root:/bin/sh\nnobody:x:65534:65534:nobody:/:/bin/false\n";
const groups = "root:x:0:\nnobody:x:65534:\n";

/** What the engine builds it from. Every time is 0, so that the same busybox is the same image everywhere. */
async function baseContext(path: string): Promise<Uint8Array> {
  const { stdout } = await promisify(execFile)(path, ["--list"], { timeout: 5000 });
  const tar = pack();
  const file = (name: string, body: string | Buffer, mode = 0o644) =>
    tar.entry({ name, mode, mtime: new Date(0), uid: 0, gid: 0 }, body);
  file("Dockerfile", dockerfile);
  for (const name of ["bin", "etc", "home", "root", "usr", "usr/local", "usr/local/bin", "var"]) folder(tar, name);
  folder(tar, "tmp", 0o1777);
  file("root/etc/passwd", users);
  file("root/etc/group", groups);
  file("root/bin/busybox", readFileSync(path), 0o755);
  const applets = stdout.split("\n").filter((name) => /^[\w.[-]+$/.test(name) && name !== "busybox");
  for (const name of applets) {
    tar.entry({ name: `root/bin/${name}`, type: "symlink", linkname: "busybox", mtime: new Date(0) });
  }
  tar.finalize();
  const chunks: Uint8Array[] = [];
  for await (const chunk of tar) chunks.push(chunk as Uint8Array);
  return Buffer.concat(chunks);
}

function folder(tar: Pack, name: string, mode = 0o755): void {
  tar.entry({ name: `root/${name}`, type: "directory", mode, mtime: new Date(0), uid: 0, gid: 0 });
}
