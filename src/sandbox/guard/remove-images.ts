import type { Engine } from "../../engine/engine.ts";
import { ignoreGone } from "../../engine/engine-error.ts";

/** Removes every image that carries the labels, as far as nothing needs it. Throws EngineError when the engine is gone. */
export async function removeImages(engine: Engine, labels: string[]): Promise<void> {
  // Images that others are built on can only go after those.
  for (let left = Number.POSITIVE_INFINITY; ; ) {
    const images = await engine.images.list({ all: true, labels });
    if (images.length === 0 || images.length >= left) return;
    left = images.length;
    for (const { id } of images) await engine.images.remove(id, { force: true }).catch(ignoreGone);
  }
}
