import type { Problem } from "./explanation.ts";

/** What an exit code means, in a few words with what to do. */
export const codes: Record<string, string> = {
  "0": "it finished its work without an error: a container lives only as long as its main process",
  "1": "its program ended with an error of its own: `docker logs {}` says which",
  "2": "its program was called wrongly or ended with an error: see `docker logs {}`",
  "125": "Docker itself could not start it: the error stood where you typed `docker run`",
  "126": "the command was found but could not be run: is it executable?",
  "127": "the command was not found in the image: look for a typo, or install the program",
  "130": "somebody pressed Ctrl-C",
  "137":
    "it was killed (SIGKILL): out of memory, or `docker stop` after its 10 seconds; `docker inspect -f '{{.State.OOMKilled}}' {}` tells",
  "139": "its program crashed (segmentation fault), often an image for another platform",
  "143": "it was asked to stop (SIGTERM), usually by `docker stop`",
  "255": "its program failed, or the machine went down while it ran",
};

/** A problem with the lines to type. */
export const problem = (text: string, weight: number, source?: string): Problem => ({
  text,
  weight,
  ...(source !== undefined && { better: { language: "sh", source } }),
});
