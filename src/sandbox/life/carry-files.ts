import { posix } from "node:path";
import type { Change, Engine } from "../../engine/engine.ts";
import { EngineError } from "../../engine/engine-error.ts";
import { limits } from "../../engine/limits.ts";
import { labelPrefix } from "../../engine/policy.ts";
import { runCommand } from "../../engine/run-command.ts";
import { type AddEntry, readTar, streamTar } from "../../engine/tar-files.ts";

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
    const uids = [uidOf(old.labels), uidOf(fresh.labels)] as const;
    await remove(
      engine,
      to,
      changes.flatMap(({ kind, path }) => (kind === "D" ? [path] : [])),
    );
    await engine.containers.copyIn(
      to,
      "/",
      streamTar((add) => addChanged(engine, from, changes, uids, add)),
    );
    return true;
  } catch (error) {
    if (error instanceof EngineError && error.kind !== "unreachable") return false;
    throw error;
  }
}

function uidOf(labels: Record<string, string>): number {
  return limits.firstUid + Number(labels[`${labelPrefix}slot`]);
}

/** Adds what was added or changed, with names from the root; parents before what is in them. One file at a time is on its way. */
async function addChanged(
  engine: Engine,
  container: string,
  changes: readonly Change[],
  [before, after]: readonly [number, number],
  add: AddEntry,
): Promise<void> {
  const wanted = new Set(changes.flatMap(({ kind, path }) => (kind === "D" ? [] : [path])));
  let left = 2 * limits.layer;
  for (const path of coveringPaths(changes)) {
    const folder = posix.dirname(path);
    // Names inside begin with the last part of the path that was asked for.
    const absolute = (name: string) => posix.join(folder, name);
    for await (const { header, body } of readTar(await engine.containers.streamOut(container, path))) {
      const name = absolute(header.name).replace(/\/$/, "");
      if (!wanted.delete(name)) continue;
      left -= header.size ?? 0;
      if (left < 0) throw new EngineError("too-large");
      const linkname = header.type === "link" && header.linkname ? absolute(header.linkname).slice(1) : header.linkname;
      const { pax: _, ...rest } = header;
      const [uid, gid] = [header.uid, header.gid].map((id) => (id === before ? after : (id ?? 0)));
      await add({ ...rest, name: name.slice(1), uid: uid ?? 0, gid: gid ?? 0, ...(linkname && { linkname }) }, body);
    }
  }
}

const depth = (path: string) => path.split("/").length;

/** The fewest paths to read: what was added is read with all that is in it, and a folder with several changes whole, so that files with two names stay one. */
function coveringPaths(changes: readonly Change[]): string[] {
  const added = new Set(changes.flatMap(({ kind, path }) => (kind === "A" ? [path] : [])));
  const parents = new Set(changes.map(({ path }) => posix.dirname(path)));
  const roots = changes.flatMap(({ kind, path }) => {
    const isRoot = kind === "A" ? !added.has(posix.dirname(path)) : kind === "C" && !parents.has(path);
    return isRoot ? [path] : [];
  });
  const byFolder = Map.groupBy(roots, (path) => posix.dirname(path));
  return [...byFolder]
    .flatMap(([folder, paths]) => (paths.length > 1 && folder !== "/" ? [folder] : paths))
    .sort((a, b) => depth(a) - depth(b));
}

/** Deletes in the new container as its user, who could delete the same things in the old one. */
async function remove(engine: Engine, container: string, paths: readonly string[]): Promise<void> {
  for (let done = 0; done < paths.length; done += atOnce) {
    const command = ["rm", "-rf", "--", ...paths.slice(done, done + atOnce)];
    const { exitCode } = await runCommand(engine, container, { command });
    if (exitCode !== 0) throw new EngineError("failed", "what was deleted could not be deleted again");
  }
}
