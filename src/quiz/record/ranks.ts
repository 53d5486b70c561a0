/** Somebody's place on a scoreboard. */
export type Ranked<T> = T & { rank: number };

/** Sorts by points, most first, and gives equal points the same rank; the rank after a tie skips (1, 2, 2, 4). */
export function sharedRanks<T extends { points: number }>(entries: readonly T[]): Ranked<T>[] {
  const sorted = [...entries].sort((a, b) => b.points - a.points);
  let rank = 0;
  return sorted.map((entry, index) => {
    if (index === 0 || entry.points !== sorted[index - 1]?.points) rank = index + 1;
    return { ...entry, rank };
  });
}
