import { isUtf8 } from "node:buffer";
import {
  closeSync,
  constants,
  type Dirent,
  fstatSync,
  opendirSync,
  openSync,
  readSync,
  realpathSync,
  statSync,
} from "node:fs";
import { basename, join, sep } from "node:path";
import type { Problem } from "./problem.ts";

/** One content file that was found, not yet read. */
export interface ContentFile {
  id: string;
  path: string;
  /** As it is named in messages, for example `content/labs/first.md`. */
  file: string;
  /** It lies in a folder of the host's own, whose content no test of ours has seen. */
  pack: boolean;
}

/** A file or folder may hold so much; more is a mistake, or is meant to harm. Bytes and files. */
const most = { file: 256 * 1024, pack: 8 * 1024 * 1024, inFolder: 3000 };

/** What is being read: the folders, what was wrong so far, and how much the packs may still hold. */
export interface Reading {
  /** Bakehouse's own content, then the packs. */
  dirs: readonly string[];
  problems: Problem[];
  /** Bytes. */
  left: number;
}

/** Begins to read folders. A pack that is no folder is reported. */
export function openReading(dirs: readonly string[]): Reading {
  const problems: Problem[] = [];
  for (const dir of dirs.slice(1))
    if (!isFolder(dir)) problems.push({ file: dir, line: 1, message: "there is no folder of this name to be read" });
  return { dirs, problems, left: most.pack };
}

/**
 * Lists the files `<kind>/*<ending>` of one of the folders, sorted. What is no file to read (folders, links that lead out, pipes, devices)
 * is reported and left out. Never throws.
 */
export function listFiles({ dirs, problems }: Reading, dir: string, kind: string, ending: string): ContentFile[] {
  const folder = join(dir, kind);
  const shown = `${basename(dir)}/${kind}`;
  const report = (file: string, message: string) => void problems.push({ file, line: 1, message });
  try {
    const root = realpathSync(dir);
    if (!inside(realpathSync(folder), root)) {
      report(shown, "this link leads out of the content folder, so it is not followed");
      return [];
    }
    const found: ContentFile[] = [];
    let seen = 0;
    const opened = opendirSync(folder);
    try {
      for (let entry = opened.readSync(); entry; entry = opened.readSync()) {
        const { name } = entry;
        if (++seen > most.inFolder) {
          report(shown, `the folder holds more than ${most.inFolder} files, which is more than is read`);
          break;
        }
        if (!name.endsWith(ending) || name.startsWith(".")) continue;
        const one = { id: name.slice(0, -ending.length), path: join(folder, name), file: `${shown}/${name}` };
        const fault = entry.isFile() ? undefined : notAFile(entry, one.path, root);
        if (fault) report(one.file, fault);
        else found.push({ ...one, pack: dir !== dirs[0] });
      }
    } finally {
      opened.closeSync();
    }
    return found.sort((a, b) => (a.path < b.path ? -1 : 1));
  } catch (error) {
    const fault = folderFault(error);
    if (fault) report(shown, fault);
    return [];
  }
}

/** The text of a file; undefined after reporting why it cannot be read. Never throws. */
export function readText(reading: Reading, { path, file, pack }: ContentFile): string | undefined {
  const report = (line: number, message: string) => void reading.problems.push({ file, line, message });
  let handle: number | undefined;
  try {
    // A pipe would wait for its writer for ever.
    handle = openSync(path, constants.O_RDONLY | constants.O_NONBLOCK);
    const stat = fstatSync(handle);
    if (!stat.isFile()) throw new Error("it is no plain file");
    if (stat.size > most.file) {
      report(1, `the file has ${Math.round(stat.size / 1024)} kB, at most ${most.file / 1024} kB are read`);
      return undefined;
    }
    const bytes = Buffer.alloc(stat.size);
    const text = bytes.subarray(0, readSync(handle, bytes, 0, stat.size, 0));
    if (pack) reading.left -= text.length;
    if (reading.left < 0) {
      report(1, `the folder holds more than ${most.pack / 1024 / 1024} MB, which is more than is read`);
      return undefined;
    }
    const read = text.toString("utf8");
    const bad = read.indexOf(isUtf8(text) ? "\0" : "\ufffd");
    if (bad < 0) return read;
    report(read.slice(0, bad).split("\n").length, "here is something that is no text: save the file as UTF-8");
    return undefined;
  } catch (error) {
    report(1, `the file cannot be read: ${reason(error)}`);
    return undefined;
  } finally {
    if (handle !== undefined) closeSync(handle);
  }
}

function isFolder(path: string): boolean {
  try {
    return statSync(path).isDirectory();
  } catch {
    return false;
  }
}

function inside(path: string, root: string): boolean {
  return path === root || path.startsWith(root + sep);
}

function notAFile(entry: Dirent, path: string, root: string): string | undefined {
  if (entry.isDirectory()) return "this is a folder, where a file is expected";
  if (!entry.isSymbolicLink()) return "this is a pipe, a socket or a device, where a file is expected";
  try {
    if (!inside(realpathSync(path), root)) return "this link leads out of the content folder, so it is not followed";
    return statSync(path).isFile() ? undefined : "this link leads to no file";
  } catch (error) {
    return `this link cannot be followed: ${reason(error)}`;
  }
}

/** Why a folder cannot be listed; undefined when it is just not there. */
function folderFault(error: unknown): string | undefined {
  const { code } = error as { code?: string };
  if (code === "ENOENT") return undefined;
  return code === "ENOTDIR" ? "this is a file, where a folder is expected" : `it cannot be read: ${reason(error)}`;
}

function reason(error: unknown): string {
  const { code, message } = error as { code?: string; message?: string };
  if (code === "EACCES" || code === "EPERM") return "this program may not open it";
  if (code === "ELOOP") return "it leads back to itself";
  if (code === "ENOENT") return "it leads nowhere";
  return message ?? String(error);
}
