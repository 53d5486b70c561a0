import { posix } from "node:path";
import { quote } from "../core/dispatch.ts";
import { daemonError } from "../engine/cli-error.ts";
import { isEngineError } from "../engine/engine-error.ts";
import { LineRefusal } from "./line-refusal.ts";
import type { Session } from "./session.ts";

/** Folders that are no files of a container's own: old runtimes could be led out of the container through them (CVE-2024-21626). */
const foreign = /^\/(?:proc|sys|dev)(?:\/|$)/;

/** The most folders in each other that are looked at. */
const deepest = 32;

/** A folder as `--workdir` and `WORKDIR` take it. Throws {@link CliError} when it is not absolute, {@link LineRefusal} when it is not among the container's own files. */
export function checkWorkdir(folder: string): string {
  if (!folder.startsWith("/"))
    throw daemonError(`the working directory '${folder}' is invalid, it needs to be an absolute path`);
  const plain = posix.normalize(folder);
  if (foreign.test(plain)) throw notOwn(plain);
  if (plain.split("/").length > deepest)
    throw new LineRefusal(`A working folder here is at most ${deepest} folders deep.`);
  return folder;
}

/**
 * Makes sure that no link leads from a container's working folder to what is not its own files; the runtime would follow it with the
 * host's rights. Throws {@link LineRefusal}.
 */
export async function refuseLinkedWorkdir(session: Session, container: string, folder: string): Promise<void> {
  if (folder === "" || folder === "/") return;
  checkWorkdir(folder);
  let path = "";
  for (const part of posix.normalize(folder).split("/").filter(Boolean)) {
    path += `/${part}`;
    const leads = await linkAt(session, container, path);
    if (leads !== undefined && foreign.test(leads)) throw notOwn(folder, leads);
  }
}

/** The working folder that a container starts in. */
export async function workdirOf(session: Session, container: string): Promise<string> {
  const { raw } = await session.engine.containers.inspect(container);
  return (raw.Config as { WorkingDir?: string } | undefined)?.WorkingDir ?? "";
}

async function linkAt(session: Session, container: string, path: string): Promise<string | undefined> {
  try {
    return (await session.engine.containers.stat(container, path)).link;
  } catch (error) {
    if (isEngineError(error, "not-found")) return undefined;
    throw error;
  }
}

function notOwn(folder: string, leads?: string): LineRefusal {
  return new LineRefusal(
    `${quote(folder, 60)}${leads === undefined ? "" : `, a link to ${quote(leads, 60)},`} cannot be a working folder here: take one of the container's own, for example \`/cake\`.`,
  );
}
