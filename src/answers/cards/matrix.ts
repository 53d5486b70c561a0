/** A sparse matrix, row by row: the entries of row r are those from start[r] to start[r + 1]. */
export interface Matrix {
  start: Uint32Array;
  /** Column of each entry, below 65,536. */
  column: Uint16Array;
  weight: Float32Array;
}

/** Entries on their way into a matrix. Plain columns, because hundreds of thousands of small objects would slow down every start. */
export interface Entries {
  push(row: number, column: number, weight: number): void;
  /** Makes the matrix; the collection is empty then. */
  pack(rows: number): Matrix;
}

/** An empty collection of entries. */
export function createEntries(): Entries {
  let rowOf = new Uint32Array(1024);
  let columnOf = new Uint16Array(1024);
  let weightOf = new Float32Array(1024);
  let size = 0;
  return {
    push(row, column, weight) {
      if (size === rowOf.length) {
        rowOf = new Uint32Array(rowOf.buffer.transfer(rowOf.byteLength * 2));
        columnOf = new Uint16Array(columnOf.buffer.transfer(columnOf.byteLength * 2));
        weightOf = new Float32Array(weightOf.buffer.transfer(weightOf.byteLength * 2));
      }
      rowOf[size] = row;
      columnOf[size] = column;
      weightOf[size++] = weight;
    },
    pack(rows) {
      const start = new Uint32Array(rows + 1);
      for (let entry = 0; entry < size; entry++) {
        const next = (rowOf[entry] ?? 0) + 1;
        start[next] = (start[next] ?? 0) + 1;
      }
      for (let row = 0; row < rows; row++) start[row + 1] = (start[row + 1] ?? 0) + (start[row] ?? 0);
      const free = start.slice();
      const column = new Uint16Array(size);
      const weight = new Float32Array(size);
      for (let entry = 0; entry < size; entry++) {
        const row = rowOf[entry] ?? 0;
        const place = free[row] ?? 0;
        free[row] = place + 1;
        column[place] = columnOf[entry] ?? 0;
        weight[place] = weightOf[entry] ?? 0;
      }
      // Given back now, not when the collector comes by: every start would otherwise keep megabytes of gaps.
      for (const { buffer } of [rowOf, columnOf, weightOf]) buffer.transfer(0);
      [rowOf, columnOf, weightOf, size] = [new Uint32Array(1), new Uint16Array(1), new Float32Array(1), 0];
      return { start, column, weight };
    },
  };
}

/** Adds `factor` times a row to the sums; rows that the matrix does not have are empty. */
export function addRow({ start, column, weight }: Matrix, row: number, factor: number, sums: Float64Array): void {
  const end = start[row + 1] ?? 0;
  for (let entry = start[row] ?? 0; entry < end; entry++) {
    const at = column[entry] ?? 0;
    sums[at] = (sums[at] ?? 0) + factor * (weight[entry] ?? 0);
  }
}

/** Calls back with each different key and how often it stands in the list; sorts the list. */
export function eachCount(keys: Uint32Array, visit: (key: number, count: number) => void): void {
  keys.sort();
  let at = 0;
  while (at < keys.length) {
    const key = keys[at] ?? 0;
    let end = at + 1;
    while (end < keys.length && keys[end] === key) end++;
    visit(key, end - at);
    at = end;
  }
}
