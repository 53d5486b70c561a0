/** What happened to people's things behind their backs, until they are told. In memory: after a new start the containers themselves still show it. */
export interface News {
  add(owner: string, sentence: string): void;
  /** Hands it out once. */
  take(owner: string): string[];
}

/** So much of one person is kept. */
const most = 5;

/** See {@link News}. */
export function createNews(): News {
  const kept = new Map<string, string[]>();
  return {
    add: (owner, sentence) => void kept.set(owner, [...(kept.get(owner) ?? []), sentence].slice(-most)),
    take(owner) {
      const said = kept.get(owner) ?? [];
      kept.delete(owner);
      return said;
    },
  };
}
