import type { Sliced } from "../../core/slices.ts";
import { createEntries, type Matrix } from "./matrix.ts";
import type { Texts } from "./texts.ts";

/** After how many keys others may come in between. */
const slice = 1000;

/**
 * Weights by which each key (a row) speaks for each card (a column): log(1 + share in the card / share expected by chance).
 * Unlike a plain TF-IDF this tells a word that a card is about from one that many cards mention.
 * `occurrences` has a row a key and a column a text; a text counts `times` as often as it stands there.
 */
export function* speakFor(
  occurrences: Matrix,
  texts: Texts,
  cards: number,
  times: (text: number) => number,
): Sliced<Matrix> {
  const { start, column } = occurrences;
  const lengths = new Float64Array(cards);
  for (const text of column) {
    const card = texts.card[text] ?? 0;
    lengths[card] = (lengths[card] ?? 0) + times(text);
  }
  const mean = lengths.reduce((sum, length) => sum + length, 0) / Math.max(1, cards) || 1;
  const entries = createEntries();
  const counts = new Float64Array(cards);
  for (let key = 0; key + 1 < start.length; key++) {
    if (key % slice === 0) yield;
    let holders = 0;
    const [from, to] = [start[key] ?? 0, start[key + 1] ?? 0];
    for (let at = from; at < to; at++) {
      const text = column[at] ?? 0;
      const card = texts.card[text] ?? 0;
      if (!counts[card]) holders++;
      counts[card] = (counts[card] ?? 0) + times(text);
    }
    const chance = (1.5 * holders) / cards / mean;
    for (let at = from; at < to; at++) {
      const card = texts.card[column[at] ?? 0] ?? 0;
      const count = counts[card] ?? 0;
      if (!count) continue;
      counts[card] = 0;
      entries.push(key, card, Math.log(1 + count / (lengths[card] ?? 1) / chance));
    }
  }
  return entries.pack(start.length - 1);
}
