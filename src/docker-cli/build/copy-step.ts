import { createHash, type Hash } from "node:crypto";
import { posix } from "node:path";
import type { Readable } from "node:stream";
import { quote } from "../../core/dispatch.ts";
import { CliError } from "../../engine/cli-error.ts";
import { isEngineError } from "../../engine/engine-error.ts";
import { limits } from "../../engine/limits.ts";
import { streamTar, type TarHeader } from "../../engine/tar-files.ts";
import { LineRefusal } from "../line-refusal.ts";
import type { Session } from "../session.ts";
import { type CopySource, inlineSource, keptSource, openSource } from "./copy-source.ts";
import { execForm, type Instruction, splitQuoted } from "./parse-dockerfile.ts";

/** What a COPY puts in: an archive with names from the root, made while it is read, and how history shows it. */
export interface Copied {
  open(): Readable;
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

/** The most things that one COPY names. */
const mostSources = 50;

/** One entry with its place in the image. */
interface Placed {
  header: TarHeader;
  body: AsyncIterable<Uint8Array>;
}

/**
 * Looks at everything that a COPY copies, without holding it. All sources together may have as many bytes as one step of a build adds.
 * Throws {@link CliError} in the builder's words and {@link LineRefusal}.
 */
export async function planCopy(
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
  if (from.length > mostSources)
    throw new LineRefusal(
      `It names ${from.length} things to copy, and one \`COPY\` takes at most ${mostSources} here. Copy the folder they are in.`,
      "dockerfile-build",
    );
  const place = posix.resolve("/", workingDir || "/", to);
  const folder = /\/$|\/\.$|^\.$/.test(to) || from.length > 1 || (await isFolder(session, target, place));
  const owner = readOwner(instruction);
  const sources = from.map((one) =>
    instruction.heredoc !== undefined
      ? inlineSource(one, instruction.heredoc)
      : source === undefined
        ? keptSource(session, one)
        : openSource(session, source, one),
  );
  // The same thing named twice is the same file twice.
  const different = [...new Map(sources.map((one) => [one.key, one])).values()];

  async function* placed({ typed, entries }: CopySource): AsyncGenerator<Placed & { isFolder: boolean }> {
    let root = "";
    let isDirectory = false;
    for await (const { header, body } of entries()) {
      if (!root) {
        isDirectory = header.type === "directory";
        root = isDirectory || !folder ? place : posix.join(place, posix.basename(header.name || typed));
      }
      const below = header.name.replace(/\/$/, "").split("/").slice(1).join("/");
      // The target itself keeps its rights when it is there already.
      if (isDirectory && !below && (await isFolder(session, target, root))) continue;
      const name = posix.join(root, below).slice(1);
      const { pax: _, ...plain } = header;
      if (name)
        yield { header: { ...plain, name, ...owner(header), uname: "", gname: "" }, body, isFolder: isDirectory };
    }
  }

  const hash = createHash("sha256");
  let kind = from.length > 1 ? "multi" : "file";
  let left: number = limits.commit;
  for (const one of different) {
    for await (const { header, body, isFolder: inFolder } of placed(one)) {
      if (inFolder && kind === "file") kind = "dir";
      addHeader(hash, header);
      for await (const chunk of body) {
        left -= chunk.length;
        if (left < 0) throw tooLarge(from.length > 1 ? to : (from[0] ?? ""), from.length > 1);
        hash.update(chunk);
      }
    }
  }
  return {
    open: () =>
      streamTar(async (add) => {
        for (const one of different) for await (const { header, body } of placed(one)) await add(header, body);
      }),
    shown: `COPY ${kind}:${hash.digest("hex")} in ${to} `,
  };
}

function tooLarge(named: string, several: boolean): LineRefusal {
  return new LineRefusal(
    `${several ? `What goes to ${quote(named, 60)} is together` : `${quote(named, 60)} is`} larger than one step of a build may add here: ${limits.commit / 1024 / 1024} MB.`,
    "image-size",
  );
}

/** Names, rights and contents make the step's name, but not times. */
function addHeader(hash: Hash, { name, type, mode, uid, linkname }: TarHeader): void {
  hash.update(`${name}\0${type}\0${mode}\0${uid}\0${linkname ?? ""}\0`);
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
function readOwner({ flags }: Instruction): (header: TarHeader) => { mode: number; uid: number; gid: number } {
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
    else throw new LineRefusal(`${quote(`COPY ${flag}`)} is not possible in a build here.`, "dockerfile-build");
  }
  return ({ mode = 0o644, uid = 0, gid = 0 }) => ({ mode: rights ?? mode, uid: ids?.[0] ?? uid, gid: ids?.[1] ?? gid });
}
