import { readdirSync, readFileSync, rmSync } from "node:fs";
import { join } from "node:path";
import { makePrivate, writePrivate } from "../../core/private-file.ts";

const folderOf = (dataDir: string) => join(dataDir, "files");

/** Writes a picture or file of a reply where only this user can read it; returns its path. */
export function keepFile(dataDir: string, name: string, content: string | Uint8Array): string {
  const path = join(folderOf(dataDir), name.replace(/[^\w.-]+/g, "-"));
  writePrivate(path, content);
  return path;
}

/** Makes private what earlier versions left readable. */
export function closeKeptFiles(dataDir: string): void {
  makePrivate(folderOf(dataDir));
  for (const path of pathsIn(dataDir)) makePrivate(path);
}

/** Removes the exports of a person: they say in themselves whose they are. */
export function removeExportsOf(dataDir: string, person: string): void {
  for (const path of pathsIn(dataDir)) if (ownerOf(path) === person) rmSync(path, { force: true });
}

function pathsIn(dataDir: string): string[] {
  try {
    return readdirSync(folderOf(dataDir)).map((name) => join(folderOf(dataDir), name));
  } catch {
    return [];
  }
}

function ownerOf(path: string): unknown {
  if (!path.endsWith(".json")) return undefined;
  try {
    return (JSON.parse(readFileSync(path, "utf8")) as { person?: unknown } | null)?.person;
  } catch {
    return undefined;
  }
}
