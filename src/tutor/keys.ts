/** Numbers for texts or pairs of numbers, counted from 0 in the order of first sight. */
export interface Keys {
  readonly size: number;
  /** The number of a text, a new one for a new text. */
  add(text: string | number): number;
  /** The number of a known text; for others a number of `size` or more, different ones for different texts of a question. */
  find(text: string | number, unknown: Map<string | number, number>): number;
  has(text: string | number): boolean;
}

/** An empty numbering. */
export function createKeys(): Keys {
  const numbers = new Map<string | number, number>();
  return {
    get size() {
      return numbers.size;
    },
    add(text) {
      const found = numbers.get(text);
      if (found !== undefined) return found;
      numbers.set(text, numbers.size);
      return numbers.size - 1;
    },
    find(text, unknown) {
      const found = numbers.get(text) ?? unknown.get(text);
      if (found !== undefined) return found;
      const number = numbers.size + unknown.size;
      unknown.set(text, number);
      return number;
    },
    has: (text) => numbers.has(text),
  };
}

/** Neighbours and near neighbours of a list of numbers, whatever their order; each pair as one number. */
export function pairsOf(keys: readonly number[]): number[] {
  const pairs: number[] = [];
  for (let at = 0; at < keys.length; at++) {
    for (let other = at + 1; other < Math.min(keys.length, at + 4); other++) {
      const [a = 0, b = 0] = [keys[at], keys[other]];
      if (a !== b) pairs.push(a < b ? a * 1e6 + b : b * 1e6 + a);
    }
  }
  return pairs;
}
