/** Lets at most `most` works run at once; the others wait their turn, first come first served. */
export function createGate(most: number) {
  const waiting: (() => void)[] = [];
  let free = most;

  return async function pass<T>(work: () => Promise<T>): Promise<T> {
    if (free > 0) free--;
    else await new Promise<void>((turn) => waiting.push(turn));
    try {
      return await work();
    } finally {
      const next = waiting.shift();
      // The place goes on from hand to hand, so that nobody who comes now can slip in between.
      if (next) next();
      else free++;
    }
  };
}
