/** Where something occurs, with its weight there: two columns of the same length. */
export interface Postings {
  at: Uint16Array;
  weight: Float32Array;
}

/** Collects postings by key, then packs them. */
export interface PostingsBuilder<K> {
  add(key: K, at: number, weight: number): void;
  /** Everything collected, as compact columns. */
  pack(): Map<K, Postings>;
}

/** An empty builder; `at` must be below 65,536. */
export function createPostings<K>(): PostingsBuilder<K> {
  const lists = new Map<K, { at: number[]; weight: number[] }>();
  return {
    add(key, at, weight) {
      const list = lists.get(key);
      if (list) {
        list.at.push(at);
        list.weight.push(weight);
      } else lists.set(key, { at: [at], weight: [weight] });
    },
    pack() {
      const packed = new Map<K, Postings>();
      for (const [key, { at, weight }] of lists)
        packed.set(key, { at: Uint16Array.from(at), weight: Float32Array.from(weight) });
      return packed;
    },
  };
}

/** Adds `factor` times each posting's weight to the sums. */
export function addPostings(postings: Postings | undefined, factor: number, sums: Float64Array): void {
  if (!postings) return;
  const { at, weight } = postings;
  for (let index = 0; index < at.length; index++) {
    const place = at[index] ?? 0;
    sums[place] = (sums[place] ?? 0) + factor * (weight[index] ?? 0);
  }
}

/** How often each value occurs. */
export function countOf<T>(values: Iterable<T>): Map<T, number> {
  const counts = new Map<T, number>();
  for (const value of values) counts.set(value, (counts.get(value) ?? 0) + 1);
  return counts;
}
