import { createEntries, eachCount, type Matrix } from "./matrix.ts";

/**
 * Weights by which each key (a row) speaks for each card (a column): log(1 + share in the card / share expected by chance).
 * Unlike a plain TF-IDF this tells a word that a card is about from one that many cards mention. Keys are below `size`.
 */
export function speakFor(cards: readonly Uint32Array[], size: number): Matrix {
  const mean = cards.reduce((sum, keys) => sum + keys.length, 0) / Math.max(1, cards.length) || 1;
  const holders = new Uint16Array(size);
  for (const keys of cards) {
    eachCount(keys, (key) => {
      holders[key] = (holders[key] ?? 0) + 1;
    });
  }
  const entries = createEntries();
  cards.forEach((keys, card) => {
    eachCount(keys, (key, count) => {
      const chance = (1.5 * (holders[key] ?? 1)) / cards.length / mean;
      entries.push(key, card, Math.log(1 + count / keys.length / chance));
    });
  });
  return entries.pack(size);
}
