import { execForm, type Instruction } from "./dockerfile.ts";
import { dockerfileProblems } from "./dockerfile-problems.ts";
import { byWeight, type Explanation } from "./explanation.ts";

const layer = "adds a layer, at build time";
const setting = "only a setting, no layer";

/** What an instruction does: whether it adds a layer, and when it acts. */
const says: Record<string, (rest: string) => string> = {
  FROM: (rest) =>
    `starts ${/ as (\S+)/i.test(rest) ? `the stage \`${/ as (\S+)/i.exec(rest)?.[1]}\`` : "a stage"} from the image \`${rest.split(/\s/)[0]}\``,
  RUN: () => `runs the command while building; ${layer}`,
  COPY: (rest) =>
    `copies files ${/--from=(\S+)/.test(rest) ? `from the stage \`${/--from=(\S+)/.exec(rest)?.[1]}\`` : "from the build context"}; ${layer}`,
  ADD: () => `like COPY, and also unpacks archives and fetches addresses; ${layer}`,
  WORKDIR: (rest) => `makes \`${rest}\` the folder for what follows and for the program`,
  CMD: (rest) =>
    `what a container runs at start${execForm(rest) ? "" : ", through a shell"}, unless \`docker run\` names something else; ${setting}`,
  ENTRYPOINT: () =>
    `the program that always runs at start; \`CMD\` or the words of \`docker run\` are its arguments; ${setting}`,
  ENV: () => `a variable for the build and for the container; ${setting}`,
  ARG: () => "a variable for the build only",
  EXPOSE: (rest) => `says that the program listens on ${rest}; it publishes nothing (\`-p\` does); ${setting}`,
  USER: (rest) => `the user \`${rest}\` for what follows and for the program; ${setting}`,
  VOLUME: (rest) => `new containers get an anonymous volume at ${rest}; ${setting}`,
  LABEL: () => `a label; ${setting}`,
  HEALTHCHECK: () => `how Docker finds out whether the container is healthy; ${setting}`,
  SHELL: () => `the shell for the shell form; ${setting}`,
  STOPSIGNAL: () => `the signal of \`docker stop\`; ${setting}`,
  ONBUILD: () => "runs when another Dockerfile starts FROM this image",
  MAINTAINER: () => "old; write a LABEL instead",
};

/** How many instructions are explained one by one. */
const shown = 20;

/** Explains a Dockerfile line by line; `said`: what the person says about it. */
export function explainDockerfile(lines: readonly Instruction[], said: string): Explanation {
  const stages = lines.filter(({ name }) => name === "FROM");
  const layers = lines.filter(({ name }) => name === "RUN" || name === "COPY" || name === "ADD").length;
  const base = stages.at(-1)?.rest.split(/\s/)[0] ?? "an image";
  const start = lines.findLast(({ name }) => name === "CMD" || name === "ENTRYPOINT")?.rest;
  const runs = start
    ? ` A container runs \`${execForm(start)?.join(" ") ?? start}\`.`
    : " It has no CMD, so the base image's is used.";
  const several = stages.length > 1 ? ` in ${stages.length} stages, of which only the last becomes the image` : "";
  return {
    concept: stages.length > 1 ? "multi-stage" : "dockerfile-build",
    what: `Builds an image from \`${base}\`${several}; ${layers} of its ${lines.length} instructions add a layer.${runs}`,
    problems: byWeight(dockerfileProblems(lines, said)),
    partsTitle: "Line by line",
    parts: lines.slice(0, shown).map(({ name, rest }) => `\`${name} ${cut(rest)}\`: ${says[name]?.(rest) ?? ""}`),
  };
}

const cut = (text: string) => (text.length > 50 ? `${text.slice(0, 49)}…` : text);
