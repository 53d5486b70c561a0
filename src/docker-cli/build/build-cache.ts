import { createHash } from "node:crypto";
import type { ImageSettings } from "../../engine/engine.ts";

/** Steps that were made before, by what they were made from; see {@link stepKey}. One for each learner. */
export type BuildCache = Map<string, string>;

/** More steps than all images of one learner can have. */
const most = 500;

/** Remembers a step's image; the oldest is forgotten when there are very many. */
export function rememberStep(cache: BuildCache, key: string, image: string): void {
  cache.delete(key);
  cache.set(key, image);
  const [oldest] = cache.keys();
  if (cache.size > most && oldest !== undefined) cache.delete(oldest);
}

/** What a step is made from, as a short key. */
export function stepKey(image: string, command: readonly string[], settings: ImageSettings | undefined): string {
  return createHash("sha256")
    .update(JSON.stringify([image, command, settings]))
    .digest("base64");
}
