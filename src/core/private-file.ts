import { chmodSync, closeSync, fchmodSync, mkdirSync, openSync, statSync, writeFileSync } from "node:fs";
import { dirname } from "node:path";

const others = 0o077;

/** Takes from everybody but the owner what they may do with a file or folder; nothing when it is not there, or not ours to change. */
export function makePrivate(path: string): void {
  try {
    const mode = statSync(path).mode & 0o777;
    if (mode & others) chmodSync(path, mode & ~others);
  } catch {
    // The doctor tells the host when others can still read it.
  }
}

/** Whether users of this machine other than the owner can do something with a file or folder that is there. */
export function isShared(path: string): boolean {
  const mode = statSync(path, { throwIfNoEntry: false })?.mode ?? 0;
  return process.platform !== "win32" && (mode & others) !== 0;
}

/** Makes an empty file that only its owner can read, whatever the umask is. One that is there is made private and keeps its content. Throws what the system says. */
export function reservePrivate(path: string): void {
  makePrivate(path);
  if (statSync(path, { throwIfNoEntry: false })) return;
  const file = openSync(path, "a", 0o600);
  fchmodSync(file, 0o600);
  closeSync(file);
}

/** Writes a file that only its owner can read, in a folder only they can open. Throws what the system says. */
export function writePrivate(path: string, content: string | Uint8Array): void {
  const folder = dirname(path);
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  makePrivate(folder);
  reservePrivate(path);
  writeFileSync(path, content);
}
