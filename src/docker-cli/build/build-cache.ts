import { createHash } from "node:crypto";
import { LRUCache } from "lru-cache";
import type { ImageSettings } from "../../engine/engine.ts";

/** Steps that were made before, by what they were made from; see {@link stepKey}. One for each learner. */
export type BuildCache = LRUCache<string, string>;

/** More than the images that a learner can have in their steps. */
const most = 500;

/** An empty cache for one learner. */
export function createBuildCache(): BuildCache {
  return new LRUCache({ max: most });
}

/** What a step is made from, as a short key. */
export function stepKey(image: string, command: readonly string[], settings: ImageSettings | undefined): string {
  return createHash("sha256")
    .update(JSON.stringify([image, command, settings]))
    .digest("base64");
}
