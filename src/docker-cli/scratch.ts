import type { Engine } from "../engine/engine.ts";
import { isEngineError } from "../engine/engine-error.ts";
import { packTar } from "../engine/tar-files.ts";

const reference = "bakehouse/scratch:1";
const mark = "LABEL bakehouse.scratch=yes";

/** The id of the empty image behind `FROM scratch`; the engine cannot make a container of nothing. Built when it is first needed. */
export async function scratchImage(engine: Engine): Promise<string> {
  try {
    return (await engine.images.inspect(reference)).id;
  } catch (error) {
    if (!isEngineError(error, "not-found")) throw error;
  }
  const context = await packTar([{ header: { name: "Dockerfile" }, body: Buffer.from(`FROM scratch\n${mark}\n`) }]);
  return engine.images.build({ context, reference });
}

/** Whether a step of an image's history is the empty image's own. */
export function isScratchStep(createdBy: string): boolean {
  return createdBy.endsWith(mark);
}
