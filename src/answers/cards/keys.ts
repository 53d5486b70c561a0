/** Numbers for words and for pairs of numbers, counted from 0 in the order of first sight. */
export interface Keys {
  readonly size: number;
  readonly numbers: ReadonlyMap<string | number, number>;
  /** The number of a thing, a new one for a new thing. */
  add(thing: string | number): number;
}

/** An empty numbering. */
export function createKeys(): Keys {
  const numbers = new Map<string | number, number>();
  return {
    get size() {
      return numbers.size;
    },
    add(thing) {
      const found = numbers.get(thing);
      if (found !== undefined) return found;
      numbers.set(thing, numbers.size);
      return numbers.size - 1;
    },
    numbers,
  };
}

/** Two numbers below a million as one. */
export function pairOf(first: number, second: number): number {
  return first * 1e6 + second;
}
