import { LRUCache } from "lru-cache";

/** Remembers the last events, so that one that is delivered again is not answered twice. */
export function createSeen(most = 5000) {
  const seen = new LRUCache<string, true>({ max: most });
  /** Whether none of the keys was there before; remembers them. */
  return (...keys: string[]): boolean => {
    const fresh = keys.every((key) => !seen.has(key));
    for (const key of keys) seen.set(key, true);
    return fresh;
  };
}
