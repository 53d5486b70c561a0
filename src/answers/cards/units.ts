import type { Sliced } from "../../core/slices.ts";
import { addRow, createEntries, eachCount, type Matrix } from "./matrix.ts";
import type { Texts } from "./texts.ts";

/** Texts that can each be compared with a question by TF-IDF cosine. */
export interface Units {
  /** Key by text. */
  weights: Matrix;
  /** Rarity of each key; 0 for those that nearly every card holds, which are not compared. */
  rarity: Float32Array;
  /** Rarity of a key that no text holds. */
  unknown: number;
}

/** What the body of a card counts for, beside what learners say. */
const bodyWeight = 0.8;

/** Keys of less rarity stand in nearly every card. Without them four fifths of the work are saved, and no answer to the test questions changes. */
const common = 0.1;

/** After how many keys others may come in between. */
const slice = 1000;

/** Turns occurrences (a row a key, a column a text; a key that stands twice in a text is entered twice) into cosine weights. */
export function* createUnits({ start, column }: Matrix, texts: Texts, cards: number): Sliced<Units> {
  const keys = start.length - 1;
  const rarityOf = (count: number) => Math.log(1 + (cards - count + 0.5) / (count + 0.5));
  const rarity = new Float32Array(keys);
  const square = new Float64Array(texts.card.length);
  for (let key = 0; key < keys; key++) {
    if (key % slice === 0) yield;
    let holders = 0;
    let last = -1;
    const [from, to] = [start[key] ?? 0, start[key + 1] ?? 0];
    for (let at = from; at < to; at++) {
      const card = texts.card[column[at] ?? 0] ?? 0;
      if (card !== last) holders++;
      last = card;
    }
    const each = rarityOf(holders);
    if (each < common) continue;
    rarity[key] = each;
    for (let at = from; at < to; ) {
      const text = column[at] ?? 0;
      let count = 0;
      for (; at < to && column[at] === text; at++) count++;
      square[text] = (square[text] ?? 0) + (count * each) ** 2;
    }
  }
  const entries = createEntries();
  for (let key = 0; key < keys; key++) {
    if (key % slice === 0) yield;
    const each = rarity[key] ?? 0;
    if (each === 0) continue;
    for (let at = start[key] ?? 0; at < (start[key + 1] ?? 0); at++) {
      const text = column[at] ?? 0;
      entries.push(key, text, (each * (texts.spoken[text] ? 1 : bodyWeight)) / (Math.sqrt(square[text] ?? 0) || 1));
    }
  }
  return { weights: entries.pack(keys), rarity, unknown: rarityOf(0) };
}

/** Writes each card's best cosine with the question into `best`; keys without a row are unknown. `sums` has one place a text. */
export function compareUnits(
  units: Units,
  keys: Uint32Array,
  { start }: Texts,
  sums: Float64Array,
  best: Float64Array,
): void {
  sums.fill(0);
  let square = 0;
  eachCount(keys, (key, count) => {
    const weight = (1 + Math.log(count)) * (units.rarity[key] ?? units.unknown);
    square += weight * weight;
    addRow(units.weights, key, weight, sums);
  });
  const norm = Math.sqrt(square) || 1;
  for (let card = 0; card < best.length; card++) {
    let most = 0;
    const end = start[card + 1] ?? 0;
    for (let text = start[card] ?? 0; text < end; text++) {
      const sum = sums[text] ?? 0;
      if (sum > most) most = sum;
    }
    best[card] = most / norm;
  }
}
