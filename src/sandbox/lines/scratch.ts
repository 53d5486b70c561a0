const mark = "LABEL bakehouse.scratch=yes";

/** What the empty image behind `FROM scratch` is made from; the engine cannot make a container of nothing. */
export const scratchDockerfile = `FROM scratch\n${mark}\n`;

/** Whether a step of an image's history is the empty image's own. */
export function isScratchStep(createdBy: string): boolean {
  return createdBy.endsWith(mark);
}
