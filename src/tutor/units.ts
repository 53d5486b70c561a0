import { addRow, createEntries, eachCount, type Matrix } from "./matrix.ts";

/** One text of a card, as the keys it consists of; `weight` scales how much its likeness counts. */
export interface Unit {
  card: number;
  keys: Uint32Array;
  weight: number;
}

/** Texts that can each be compared with a question by TF-IDF cosine. */
export interface Units {
  /** The card of each text. */
  card: Uint16Array;
  /** Key by text. */
  weights: Matrix;
  /** Rarity of each key. */
  rarity: Float32Array;
  /** Rarity of a key that no text holds. */
  unknown: number;
}

/** Prepares texts, which must come card by card; keys are below `size`. */
export function createUnits(texts: readonly Unit[], cards: number, size: number): Units {
  const holders = new Uint16Array(size);
  const last = new Int32Array(size).fill(-1);
  for (const { card, keys } of texts) {
    for (const key of keys) {
      if (last[key] === card) continue;
      last[key] = card;
      holders[key] = (holders[key] ?? 0) + 1;
    }
  }
  const rarityOf = (count: number) => Math.log(1 + (cards - count + 0.5) / (count + 0.5));
  const rarity = Float32Array.from(holders, rarityOf);
  const entries = createEntries();
  texts.forEach(({ keys, weight }, text) => {
    let square = 0;
    eachCount(keys, (key, count) => {
      square += ((1 + Math.log(count)) * (rarity[key] ?? 0)) ** 2;
    });
    const scale = weight / (Math.sqrt(square) || 1);
    eachCount(keys, (key, count) => {
      entries.push(key, text, (1 + Math.log(count)) * (rarity[key] ?? 0) * scale);
    });
  });
  return {
    card: Uint16Array.from(texts, ({ card }) => card),
    weights: entries.pack(size),
    rarity,
    unknown: rarityOf(0),
  };
}

/** Writes each card's best cosine with the question into `best`; keys of `size` or more are unknown. `sums` has one place a text. */
export function compareUnits(units: Units, keys: Uint32Array, sums: Float64Array, best: Float64Array): void {
  sums.fill(0);
  let square = 0;
  eachCount(keys, (key, count) => {
    const weight = (1 + Math.log(count)) * (units.rarity[key] ?? units.unknown);
    square += weight * weight;
    addRow(units.weights, key, weight, sums);
  });
  const norm = Math.sqrt(square) || 1;
  for (let text = 0; text < sums.length; text++) {
    const card = units.card[text] ?? 0;
    const cosine = (sums[text] ?? 0) / norm;
    if (cosine > (best[card] ?? 0)) best[card] = cosine;
  }
}
