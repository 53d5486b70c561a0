/** Lets so many in at once; the others wait in the order they came, those of low priority after all others. */
export interface Semaphore {
  run<T>(work: () => Promise<T>, priority?: "high" | "low"): Promise<T>;
  /** How many wait. */
  waiting(): number;
}

/** A semaphore with `places` places. */
export function createSemaphore(places: number): Semaphore {
  let free = places;
  const queues = { high: [] as (() => void)[], low: [] as (() => void)[] };
  return {
    waiting: () => queues.high.length + queues.low.length,
    async run(work, priority = "high") {
      if (free > 0) free--;
      else await new Promise<void>((enter) => queues[priority].push(enter));
      try {
        return await work();
      } finally {
        const next = queues.high.shift() ?? queues.low.shift();
        if (next) next();
        else free++;
      }
    },
  };
}
