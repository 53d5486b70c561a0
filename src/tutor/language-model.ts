import { countOf, createPostings, type Postings } from "./postings.ts";

/**
 * Weights by which each term speaks for each card: log(1 + share in the card / share expected by chance).
 * Unlike a plain TF-IDF this tells a term that a card is about from one that many cards mention.
 */
export function speakFor<K>(cards: readonly (readonly K[])[]): Map<K, Postings> {
  const counts = cards.map(countOf);
  const lengths = cards.map((terms) => terms.length || 1);
  const mean = cards.reduce((sum, terms) => sum + terms.length, 0) / Math.max(1, cards.length) || 1;
  const holders = new Map<K, number>();
  for (const terms of counts) for (const term of terms.keys()) holders.set(term, (holders.get(term) ?? 0) + 1);
  const postings = createPostings<K>();
  counts.forEach((terms, card) => {
    for (const [term, count] of terms) {
      const chance = (1.5 * (holders.get(term) ?? 1)) / cards.length / mean;
      postings.add(term, card, Math.log(1 + count / (lengths[card] ?? 1) / chance));
    }
  });
  return postings.pack();
}
