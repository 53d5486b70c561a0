/** Longest texts that are compared line by line, in lines of both multiplied. */
const mostCells = 1_000_000;

/**
 * The lines of `after` that `before` did not have in that order; what stayed the same is not printed twice. Blank lines between them stay, and
 * one stands where something old was left out.
 */
export function newsOf(before: string, after: string): string {
  const old = before.split("\n");
  const now = after.split("\n");
  const isNew = markNew(old, now);
  const shown: string[] = [];
  let gap = false;
  now.forEach((line, at) => {
    if (line.trim() === "" || !isNew[at]) gap = true;
    else {
      if (gap && shown.length > 0) shown.push("");
      shown.push(line);
      gap = false;
    }
  });
  return shown.join("\n");
}

/** Which lines of `now` are in no longest common sequence with `old`. */
function markNew(old: string[], now: string[]): boolean[] {
  let start = 0;
  while (start < old.length && start < now.length && old[start] === now[start]) start++;
  const isNew = now.map((_, at) => at >= start);
  const before = old.slice(start);
  const rest = now.slice(start);
  if (before.length * rest.length > mostCells) return isNew;
  const lengths = commonLengths(before, rest);
  const at = (row: number, column: number) => lengths[row]?.[column] ?? 0;
  let row = 0;
  let column = 0;
  while (row < before.length && column < rest.length) {
    if (before[row] === rest[column]) {
      isNew[start + column] = false;
      row++;
      column++;
    } else if (at(row + 1, column) >= at(row, column + 1)) row++;
    else column++;
  }
  return isNew;
}

/** How many lines two texts have in common, from each pair of places to their ends. */
function commonLengths(before: string[], rest: string[]): Uint32Array[] {
  const lengths = Array.from({ length: before.length + 1 }, () => new Uint32Array(rest.length + 1));
  for (let row = before.length - 1; row >= 0; row--) {
    const [here, below] = [lengths[row], lengths[row + 1]];
    if (!here || !below) continue;
    for (let column = rest.length - 1; column >= 0; column--) {
      here[column] =
        before[row] === rest[column]
          ? (below[column + 1] ?? 0) + 1
          : Math.max(below[column] ?? 0, here[column + 1] ?? 0);
    }
  }
  return lengths;
}
