import { problem } from "./exit-codes.ts";
import { byWeight, type Explanation, type Problem } from "./explanation.ts";
import { lookAtContainers } from "./look-at-containers.ts";
import { lookAtDisk, lookAtImages, lookAtInspect, lookAtStats } from "./look-at-printed.ts";

/** A kind of table or JSON that Docker prints: how it is known, what it is about, and what can be read from it. */
interface Printed {
  known: RegExp;
  concept: string;
  what: string;
  look(text: string): Problem[];
}

const printed: readonly Printed[] = [
  {
    known: /CONTAINER ID\s+IMAGE\b/,
    concept: "list-images-ps",
    what: "A list of containers (`docker ps`).",
    look: lookAtContainers,
  },
  {
    known: /\bIMAGE\s+CREATED\s+CREATED BY\b/,
    concept: "history-inspect",
    what: "The history of an image: its layers, the newest first.",
    look: (text) =>
      /<missing>/.test(text)
        ? [
            problem(
              "Nothing is broken: `<missing>` is normal. Only the finished image has an ID on this machine; steps that BuildKit built or that came with a pull have no image ID of their own.",
              9,
            ),
          ]
        : [],
  },
  {
    known: /\bREPOSITORY\s+TAG\s+(?:DIGEST\s+)?IMAGE ID\b|\bIMAGE\s+ID\s+DISK USAGE\b/,
    concept: "image-size",
    what: "A list of images (`docker images`).",
    look: lookAtImages,
  },
  {
    known: /\bTYPE\s+TOTAL\s+ACTIVE\s+SIZE\b/,
    concept: "disk-cleanup",
    what: "What Docker takes on the disk (`docker system df`).",
    look: lookAtDisk,
  },
  {
    known: /\bCPU %\s+MEM USAGE\b/,
    concept: "resource-limits",
    what: "What containers use right now (`docker stats`).",
    look: lookAtStats,
  },
  {
    known: /"(?:State|Mounts|HostConfig|RestartPolicy|NetworkSettings)"\s*:/,
    concept: "history-inspect",
    what: "A part of what `docker inspect` prints.",
    look: lookAtInspect,
  },
  {
    known: /\bDRIVER\s+VOLUME NAME\b/,
    concept: "volumes",
    what: "A list of volumes. Long random names are anonymous volumes; `docker volume prune` removes those that no container uses.",
    look: () => [],
  },
  {
    known: /\bNETWORK ID\s+NAME\s+DRIVER\b/,
    concept: "networking-localhost",
    what: "A list of networks. `bridge`, `host` and `none` are always there; containers on a network of your own find each other by name.",
    look: () => [],
  },
  {
    known: /(?:^|\s)\.dockerignore\s+\S+[\s\S]*\b(?:node_modules|\.git)\b/,
    concept: "dockerfile-build",
    what: "A `.dockerignore` file: what it names is left out of the build context, so `docker build` doesn't send it and `COPY . .` can't copy it into the image. That keeps builds fast, and secrets such as `.env` out.",
    look: () => [],
  },
];

/** Explains a table or JSON that Docker printed; undefined when the text holds none. */
export function explainTable(text: string): Explanation | undefined {
  const found = printed.find(({ known }) => known.test(text));
  if (!found) return undefined;
  return { concept: found.concept, what: found.what, problems: byWeight(found.look(text)), parts: [] };
}
