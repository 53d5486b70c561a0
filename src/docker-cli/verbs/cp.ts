import { posix } from "node:path";
import { z } from "zod";
import { quote } from "../../core/dispatch.ts";
import { CliError, daemonError } from "../../engine/cli-error.ts";
import { EngineError, isEngineError } from "../../engine/engine-error.ts";
import { packTar, unpackTar } from "../../engine/tar-files.ts";
import { engineText, findContainer } from "../each.ts";
import { yes } from "../flags.ts";
import { humanSize } from "../human.ts";
import { LineRefusal } from "../line-refusal.ts";
import { defineLine, type Session } from "../session.ts";
import { checkLayer } from "../start-own.ts";

/** The largest file that is carried, in bytes, and how many files and bytes are kept for one learner. */
const largest = 256 * 1024;
const mostFiles = 10;
const mostBytes = 1024 * 1024;

export const cp = defineLine({
  name: "cp",
  also: ["container cp"],
  usage: "docker cp [OPTIONS] CONTAINER:SRC_PATH DEST_PATH|-\n\tdocker cp [OPTIONS] SRC_PATH|- CONTAINER:DEST_PATH",
  summary: "Copy one file out of a container, or one you attached into it",
  flags: z.object({ archive: yes("a"), "follow-link": yes("L"), quiet: yes("q") }),
  args: [2, 2],
  completes: "container",
  async run({ args: [from = "", to = ""] }, session) {
    const [source, target] = [splitPlace(from), splitPlace(to)];
    if (source.container !== undefined && target.container !== undefined)
      throw new CliError("copying between containers is not supported");
    if (source.container === undefined && target.container === undefined)
      throw new CliError("must specify at least one container source");
    try {
      if (source.container !== undefined) await copyOut(session, source.container, source.path, target.path);
      else await copyIn(session, source.path, target.container ?? "", target.path);
    } catch (error) {
      if (error instanceof EngineError && error.kind !== "unreachable") throw daemonError(engineText(session, error));
      throw error;
    }
    return 0;
  },
});

interface Place {
  container?: string;
  path: string;
}

function splitPlace(typed: string): Place {
  const at = typed.indexOf(":");
  if (at < 0 || /^[./]/.test(typed)) return { path: typed };
  return { container: typed.slice(0, at), path: typed.slice(at + 1) || "/" };
}

async function copyOut(session: Session, typed: string, path: string, to: string): Promise<void> {
  const { id } = await findContainer(session, typed);
  const absolute = posix.resolve("/", path);
  try {
    const { folder, size } = await session.engine.containers.stat(id, absolute);
    if (folder)
      throw new LineRefusal(
        `${quote(path, 60)} is a folder. A chat carries one file at a time: ${quote(`docker cp ${typed}:${posix.join(path, "file")} .`, 120)}`,
        "copy-files",
      );
    if (size > largest)
      throw new LineRefusal(
        `${quote(path, 60)} has ${humanSize(size)}, and a chat carries ${humanSize(largest)}.`,
        "copy-files",
      );
    const [first] = await unpackTar(await session.engine.containers.copyOut(id, absolute, 2 * largest));
    if (first?.header.type === "symlink")
      throw new LineRefusal(
        `${quote(path, 60)} is a link to ${quote(String(first.header.linkname), 60)}. Copy that one.`,
        "copy-files",
      );
    if (first?.header.type !== "file")
      throw new LineRefusal(`${quote(path, 60)} is no plain file, so there is nothing to copy.`, "copy-files");
    if (to === "-")
      throw new LineRefusal(
        "A chat shows no archive. Name the file instead: `docker cp ada:/cake/topping topping.txt`.",
        "copy-files",
      );
    const name = to === "." || to === "./" ? posix.basename(absolute) : fileName(to);
    makeRoom(session, name, first.body.length);
    session.file(name, first.body);
  } catch (error) {
    if (isEngineError(error, "not-found")) throw daemonError(`Could not find the file ${path} in container ${typed}`);
    throw error;
  }
}

/** Forgets the oldest files until another one fits. */
function makeRoom({ attachments }: Session, name: string, bytes: number): void {
  attachments.delete(name);
  const kept = () => attachments.values().reduce((sum, { length }) => sum + length, 0);
  while (attachments.size >= mostFiles || (attachments.size > 0 && kept() + bytes > mostBytes))
    attachments.delete(attachments.keys().next().value ?? "");
}

async function copyIn(session: Session, from: string, typed: string, path: string): Promise<void> {
  if (from === "-")
    throw new LineRefusal(
      "A chat has no archive to read from. Put the file's text into a fenced block under the line: `docker cp note.txt ada:/cake/note`.",
      "copy-files",
    );
  const name = fileName(from);
  const body = session.input === undefined ? session.attachments.get(name) : Buffer.from(session.input);
  const found = await findContainer(session, typed);
  const { id } = found;
  if (!body)
    throw new LineRefusal(
      `You have no file \`${name}\` here. Put its text into a fenced block under the line, or bring it out of a container first with \`docker cp\`.`,
      "copy-files",
    );
  if (body.length > largest)
    throw new LineRefusal(
      `That file has ${humanSize(body.length)}, and a chat carries ${humanSize(largest)}.`,
      "copy-files",
    );
  await checkLayer(session, found);
  const absolute = posix.resolve("/", path);
  const folder = await isFolder(session, id, absolute);
  if (!folder && path.endsWith("/")) throw new CliError(`no such directory`);
  const place = folder ? absolute : posix.dirname(absolute);
  if (!folder && !(await isFolder(session, id, place)))
    throw daemonError(`Could not find the file ${place} in container ${typed}`);
  const header = {
    name: folder ? name : posix.basename(absolute),
    mode: 0o666,
    type: "file" as const,
    mtime: new Date(session.now()),
  };
  await session.engine.containers.copyIn(id, place, await packTar([{ header, body: Buffer.from(body) }]));
}

async function isFolder(session: Session, id: string, path: string): Promise<boolean> {
  try {
    return (await session.engine.containers.stat(id, path)).folder;
  } catch (error) {
    if (isEngineError(error, "not-found")) return false;
    throw error;
  }
}

/** A name without folders: there are none on this side. */
function fileName(typed: string): string {
  const name = typed.replace(/^\.\//, "");
  if (/^[\p{L}\p{N}][\p{L}\p{N} ._-]{0,59}$/u.test(name)) return name;
  throw new LineRefusal(
    `${quote(typed)} is not a file you have here. On this side of \`docker cp\` there are only plain file names, without folders.`,
    "copy-files",
  );
}
