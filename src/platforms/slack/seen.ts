/** Remembers the last events, so that one that is delivered again is not answered twice. */
export function createSeen(most = 5000) {
  const seen = new Set<string>();
  /** Whether none of the keys was there before; remembers them. */
  return (...keys: string[]): boolean => {
    const fresh = keys.every((key) => !seen.has(key));
    for (const key of keys) {
      const oldest = seen.size >= most ? seen.values().next().value : undefined;
      if (oldest !== undefined) seen.delete(oldest);
      seen.add(key);
    }
    return fresh;
  };
}
