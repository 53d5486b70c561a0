import { posix } from "node:path";
import { CliError } from "../../engine/cli-error.ts";
import { isEngineError } from "../../engine/engine-error.ts";
import { limits } from "../../engine/limits.ts";
import { hashEntries, packTar, type TarEntry, unpackTar } from "../../engine/tar-files.ts";
import { LineRefusal } from "../line-refusal.ts";
import type { Session } from "../session.ts";
import { execForm, type Instruction, splitQuoted } from "./parse-dockerfile.ts";

/** What a COPY puts in: an archive with names from the root, and how history shows it. */
export interface Copied {
  files: Uint8Array;
  shown: string;
}

export interface CopyOptions {
  instruction: Instruction;
  /** After variables were filled in. */
  rest: string;
  workingDir: string;
  /** An unstarted container of the image so far, to look at the target. */
  target: string;
  /** An unstarted container of the stage or image that is copied from. */
  source?: string;
}

/** Collects what a COPY copies. Throws {@link CliError} in the builder's words and {@link LineRefusal}. */
export async function collectCopy(
  session: Session,
  { instruction, rest, workingDir, target, source }: CopyOptions,
): Promise<Copied> {
  const words = execForm(rest) ?? splitQuoted(rest);
  const to = words.at(-1) ?? "";
  const from = words.slice(0, -1);
  if (!to || !from.length)
    throw new CliError(
      "Error response from daemon: COPY requires at least two arguments, but only one was provided. Destination could not be determined.",
    );
  const place = posix.resolve("/", workingDir || "/", to);
  const folder = /\/$|\/\.$|^\.$/.test(to) || from.length > 1 || (await isFolder(session, target, place));
  const owner = readOwner(instruction);
  const entries: TarEntry[] = [];
  let kind = from.length > 1 ? "multi" : "file";
  for (const one of from) {
    const found =
      instruction.heredoc !== undefined
        ? [inline(one, instruction.heredoc)]
        : source === undefined
          ? [attached(session, one)]
          : await fromContainer(session, source, one);
    const [first] = found;
    const isDirectory = first?.header.type === "directory";
    if (isDirectory && kind === "file") kind = "dir";
    const root = isDirectory || !folder ? place : posix.join(place, posix.basename(first?.header.name ?? one));
    for (const { header, body } of found) {
      const below = header.name.replace(/\/$/, "").split("/").slice(1).join("/");
      // The target itself keeps its rights when it is there already.
      if (isDirectory && !below && (await isFolder(session, target, root))) continue;
      const name = posix.join(root, below).slice(1);
      if (name) entries.push({ header: { ...header, name, ...owner(header), uname: "", gname: "" }, body });
    }
  }
  return { files: await packTar(entries), shown: `COPY ${kind}:${hashEntries(entries)} in ${to} ` };
}

function inline(typed: string, body: string): TarEntry {
  const name = typed.replace(/^<</, "");
  return { header: { name, mode: 0o644, type: "file", mtime: new Date() }, body: Buffer.from(body) };
}

function attached(session: Session, typed: string): TarEntry {
  const bytes = session.attachments.get(typed.replace(/^\.\//, ""));
  if (!bytes) {
    session.note(
      "A build here has no folder of files. Write the file into the Dockerfile: `COPY <<END /cake/note`, its lines, `END`. Files that `docker cp` brought out can be copied, too.",
    );
    throw new CliError(
      `COPY failed: file not found in build context or excluded by .dockerignore: stat ${typed}: file does not exist`,
    );
  }
  return {
    header: { name: posix.basename(typed), mode: 0o644, type: "file", mtime: new Date() },
    body: Buffer.from(bytes),
  };
}

async function fromContainer(session: Session, container: string, typed: string): Promise<TarEntry[]> {
  const path = posix.resolve("/", typed);
  try {
    return await unpackTar(await session.engine.containers.copyOut(container, path, limits.commit));
  } catch (error) {
    if (isEngineError(error, "not-found"))
      throw new CliError(`COPY failed: stat ${typed.replace(/^\//, "")}: file does not exist`);
    if (isEngineError(error, "too-large"))
      throw new LineRefusal(
        `\`${typed}\` is larger than one step of a build may add here: ${limits.commit / 1024 / 1024} MB.`,
        "image-size",
      );
    throw error;
  }
}

async function isFolder(session: Session, container: string, path: string): Promise<boolean> {
  try {
    return (await session.engine.containers.stat(container, path)).folder;
  } catch (error) {
    if (isEngineError(error, "not-found")) return false;
    throw error;
  }
}

/** What `--chown` and `--chmod` say; without them files keep what they had where they came from, and belong to root if they are new. */
function readOwner({ flags }: Instruction): (header: TarEntry["header"]) => { mode: number; uid: number; gid: number } {
  let ids: [uid: number, gid: number] | undefined;
  let rights: number | undefined;
  for (const flag of flags) {
    const [, name, value = ""] = /^--([a-z-]+)(?:=(.*))?$/s.exec(flag) ?? [];
    if (name === "from") continue;
    const numbers = /^(\d{1,6})(?::(\d{1,6}))?$/.exec(value);
    if (name === "chown" && numbers) ids = [Number(numbers[1]), Number(numbers[2] ?? numbers[1])];
    else if (name === "chown")
      throw new LineRefusal("`COPY --chown` takes numbers here: `--chown=1000:1000`.", "dockerfile-build");
    else if (name === "chmod" && /^[0-7]{3,4}$/.test(value)) rights = Number.parseInt(value, 8);
    else throw new LineRefusal(`\`COPY ${flag.slice(0, 40)}\` is not possible in a build here.`, "dockerfile-build");
  }
  return ({ mode = 0o644, uid = 0, gid = 0 }) => ({ mode: rights ?? mode, uid: ids?.[0] ?? uid, gid: ids?.[1] ?? gid });
}
