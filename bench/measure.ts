/** Prints one result as a JSON line. */
export function report(name: string, figures: Record<string, number | string | boolean>): void {
  const rounded = Object.entries(figures).map(([key, value]) => [
    key,
    typeof value === "number" ? Number(value.toPrecision(3)) : value,
  ]);
  console.log(JSON.stringify({ bench: name, ...Object.fromEntries(rounded) }));
}

/** The value below which `share` (0 to 1) of the samples lie. */
export function percentile(samples: readonly number[], share: number): number {
  const sorted = [...samples].sort((a, b) => a - b);
  return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? Number.NaN;
}

/** Median and 99th percentile of the samples, in the unit they have. */
export function spread(samples: readonly number[]): { p50: number; p99: number; n: number } {
  return { p50: percentile(samples, 0.5), p99: percentile(samples, 0.99), n: samples.length };
}

/** Milliseconds that `work` took. */
export async function timed(work: () => unknown): Promise<number> {
  const start = performance.now();
  await work();
  return performance.now() - start;
}
