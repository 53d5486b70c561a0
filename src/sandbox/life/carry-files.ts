import { posix } from "node:path";
import type { Change, Engine } from "../../engine/engine.ts";
import { EngineError } from "../../engine/engine-error.ts";
import { limits } from "../../engine/limits.ts";
import { labelPrefix } from "../../engine/policy.ts";
import { runCommand } from "../../engine/run-command.ts";
import { packTar, type TarEntry, unpackTar } from "../../engine/tar-files.ts";

/** Paths that are deleted by one command. */
const atOnce = 100;

/**
 * Puts what was changed in a stopped container into a running one of the same image: files, folders and links with their rights and
 * times, and what was deleted. They belong to the new container's user where they belonged to the old one's. False when that is not possible,
 * because it is more than a sandbox may hold or the engine fails; throws EngineError only when the engine is gone.
 */
export async function carryFiles(engine: Engine, from: string, to: string): Promise<boolean> {
  try {
    const [old, fresh] = await Promise.all([
      engine.containers.inspect(from, { size: true }),
      engine.containers.inspect(to),
    ]);
    if ((old.sizeRw ?? 0) > limits.layer) return false;
    const changes = await engine.containers.changes(from);
    if (changes.length > limits.layerFiles) return false;
    const entries = await readChanged(engine, from, changes);
    const uids = [uidOf(old.labels), uidOf(fresh.labels)] as const;
    for (const { header } of entries) {
      if (header.uid === uids[0]) header.uid = uids[1];
      if (header.gid === uids[0]) header.gid = uids[1];
    }
    await remove(
      engine,
      to,
      changes.flatMap(({ kind, path }) => (kind === "D" ? [path] : [])),
    );
    if (entries.length) await engine.containers.copyIn(to, "/", await packTar(entries));
    return true;
  } catch (error) {
    if (error instanceof EngineError && error.kind !== "unreachable") return false;
    throw error;
  }
}

function uidOf(labels: Record<string, string>): number {
  return limits.firstUid + Number(labels[`${labelPrefix}slot`]);
}

/** What was added or changed, with names from the root; parents before what is in them. */
async function readChanged(engine: Engine, container: string, changes: readonly Change[]): Promise<TarEntry[]> {
  const wanted = new Set(changes.flatMap(({ kind, path }) => (kind === "D" ? [] : [path])));
  const entries = new Map<string, TarEntry>();
  for (const path of coveringPaths(changes)) {
    const folder = posix.dirname(path);
    // Names inside begin with the last part of the path that was asked for.
    const absolute = (name: string) => posix.join(folder, name);
    for (const { header, body } of await unpackTar(
      await engine.containers.copyOut(container, path, 2 * limits.layer),
    )) {
      const name = absolute(header.name).replace(/\/$/, "");
      if (!wanted.has(name)) continue;
      const linkname = header.type === "link" && header.linkname ? absolute(header.linkname).slice(1) : header.linkname;
      const { pax: _, ...rest } = header;
      entries.set(name, { header: { ...rest, name: name.slice(1), ...(linkname && { linkname }) }, body });
    }
  }
  return [...entries].sort(([a], [b]) => depth(a) - depth(b)).map(([, entry]) => entry);
}

const depth = (path: string): number => path.split("/").length;

/** The fewest paths to read: what was added is read with all that is in it, and a folder with several changes whole, so that files with two names stay one. */
function coveringPaths(changes: readonly Change[]): string[] {
  const added = new Set(changes.flatMap(({ kind, path }) => (kind === "A" ? [path] : [])));
  const parents = new Set(changes.map(({ path }) => posix.dirname(path)));
  const roots = changes.flatMap(({ kind, path }) => {
    const isRoot = kind === "A" ? !added.has(posix.dirname(path)) : kind === "C" && !parents.has(path);
    return isRoot ? [path] : [];
  });
  const byFolder = Map.groupBy(roots, (path) => posix.dirname(path));
  return [...byFolder].flatMap(([folder, paths]) => (paths.length > 1 && folder !== "/" ? [folder] : paths));
}

/** Deletes in the new container as its user, who could delete the same things in the old one. */
async function remove(engine: Engine, container: string, paths: readonly string[]): Promise<void> {
  for (let done = 0; done < paths.length; done += atOnce) {
    const command = ["rm", "-rf", "--", ...paths.slice(done, done + atOnce)];
    const { exitCode } = await runCommand(engine, container, { command });
    if (exitCode !== 0) throw new EngineError("failed", "what was deleted could not be deleted again");
  }
}
