import type { ImageStep } from "../engine/engine-images.ts";

const shell = "/bin/sh -c ";
const nothing = /^#\(nop\)\s+/;
const puts = /^(COPY|ADD) (file|dir|multi):[0-9a-f]{12,} in (.*)$/;
const what: Record<string, string> = { file: "a file", dir: "a folder", multi: "files" };

/**
 * The step of an image's history as its Dockerfile had it, as far as the history tells: `RUN …`, `COPY a file to …`, a commit, or an
 * import. Both builders are understood; anything else is handed back as it is.
 */
export function instructionWords({ createdBy, comment }: Pick<ImageStep, "createdBy" | "comment">): string {
  const step = createdBy.replace(/\s+/g, " ").trim();
  if (!step) return /^Imported from/.test(comment) ? "imported files" : comment.trim() || "made in an unknown way";
  if (/\s*# buildkit$/.test(step)) return fromBuildKit(step.replace(/\s*# buildkit$/, ""));
  // A build with arguments lists them first: `|1 BASE=x /bin/sh -c …`.
  const bare = step.replace(/^\|\d+ .*?(?=\/bin\/sh -c )/, "");
  if (bare.startsWith(shell)) return fromClassic(bare.slice(shell.length));
  if (/^(ADD|COPY|RUN|WORKDIR|FROM) /.test(step) || comment.startsWith("buildkit")) return fromBuildKit(step);
  return `commit of a container${comment.trim() ? `: ${comment.trim()}` : ` that ran ${step}`}`;
}

function fromClassic(step: string): string {
  if (!nothing.test(step)) return `RUN ${step}`;
  const instruction = step.replace(nothing, "");
  const [, word, kind = "", target = ""] = puts.exec(instruction) ?? [];
  return word === undefined ? instruction : `${word} ${what[kind]} to ${target.trim()}`;
}

function fromBuildKit(step: string): string {
  const run = step.replace(/^RUN (?:\|\d+ .*?(?=\/bin\/sh -c ))?\/bin\/sh -c /, "RUN ");
  const [, word, source, target] = /^(COPY|ADD) (\S+) (\S+)$/.exec(run) ?? [];
  return word === undefined ? run : `${word} ${source} to ${target}`;
}

/** Whether a step may have changed files although its size is 0 bytes: a file deleted, an empty one made, a folder made. */
export function mayChangeFiles({ createdBy, comment }: Pick<ImageStep, "createdBy" | "comment">): boolean {
  return /^(RUN|COPY|ADD|WORKDIR|commit) /.test(instructionWords({ createdBy, comment }));
}
