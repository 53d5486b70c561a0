import { addPostings, countOf, createPostings, type Postings } from "./postings.ts";

/** Texts that can each be compared with a question by TF-IDF cosine, held by what they consist of. */
export interface Units<K> {
  /** Which card each text is of. */
  card: Uint16Array;
  postings: ReadonlyMap<K, Postings>;
  /** Rarity of a term, also of one that no text holds. */
  rarity(term: K): number;
}

/** Prepares texts given as their terms; `weight` of a text scales its cosine. */
export function createUnits<K>(
  texts: readonly { card: number; terms: readonly K[]; weight: number }[],
  cards: number,
): Units<K> {
  const holders = new Map<K, Set<number>>();
  for (const { card, terms } of texts) {
    for (const term of terms) {
      const set = holders.get(term);
      if (set) set.add(card);
      else holders.set(term, new Set([card]));
    }
  }
  const rarity = (term: K) => {
    const count = holders.get(term)?.size ?? 0;
    return Math.log(1 + (cards - count + 0.5) / (count + 0.5));
  };
  const rarities = new Map([...holders.keys()].map((term) => [term, rarity(term)]));
  const builder = createPostings<K>();
  texts.forEach(({ terms, weight }, unit) => {
    const vector = [...countOf(terms)].map(
      ([term, count]) => [term, (1 + Math.log(count)) * (rarities.get(term) ?? 0)] as const,
    );
    const norm = Math.sqrt(vector.reduce((sum, [, each]) => sum + each * each, 0)) || 1;
    for (const [term, each] of vector) builder.add(term, unit, (weight * each) / norm);
  });
  const unknown = rarity(undefined as K);
  return {
    card: Uint16Array.from(texts, ({ card }) => card),
    postings: builder.pack(),
    rarity: (term) => rarities.get(term) ?? unknown,
  };
}

/** Writes each card's best cosine with the question into `best`; `sums` is scratch space, one place a text. */
export function compareUnits<K>(
  units: Units<K>,
  terms: ReadonlyMap<K, number>,
  sums: Float64Array,
  best: Float64Array,
): void {
  sums.fill(0);
  let square = 0;
  for (const [term, count] of terms) {
    const weight = (1 + Math.log(count)) * units.rarity(term);
    square += weight * weight;
    addPostings(units.postings.get(term), weight, sums);
  }
  const norm = Math.sqrt(square) || 1;
  for (let unit = 0; unit < sums.length; unit++) {
    const card = units.card[unit] ?? 0;
    const cosine = (sums[unit] ?? 0) / norm;
    if (cosine > (best[card] ?? 0)) best[card] = cosine;
  }
}
