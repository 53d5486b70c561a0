import { chmodSync, closeSync, fstatSync, mkdirSync, openSync, renameSync, writeSync } from "node:fs";
import { dirname } from "node:path";

/** The largest log file, in bytes; the one before it is kept beside it, so that at most twice as much lies on the disk. */
export const logFileBytes = 1_000_000;

/** Something that takes whole lines. */
export interface LineWriter {
  write(line: string): void;
}

/**
 * Appends lines to a file that only its owner may read. When it would grow past `most` bytes, it becomes `<path>.1` and a new one begins.
 * Throws what the file system says when it cannot be opened; later faults (a full disk) cost the line and nothing else.
 */
export function openLogFile(path: string, most = logFileBytes): LineWriter {
  mkdirSync(dirname(path), { recursive: true, mode: 0o700 });
  let file = openPrivate(path);
  let size = fstatSync(file).size;
  return {
    write(line) {
      try {
        const bytes = Buffer.byteLength(line);
        if (size > 0 && size + bytes > most) {
          closeSync(file);
          renameSync(path, `${path}.1`);
          file = openPrivate(path);
          size = 0;
        }
        size += writeSync(file, line);
      } catch {
        // Whoever learns in the terminal must not be stopped by a log.
      }
    },
  };
}

function openPrivate(path: string): number {
  const file = openSync(path, "a", 0o600);
  // A file that somebody else made keeps the mode it had.
  chmodSync(path, 0o600);
  return file;
}
