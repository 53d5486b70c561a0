import type { Document, Field } from "./documents.ts";

/** Cards that hold a term, with the term's share of each card's score. */
interface Postings {
  at: Uint16Array;
  weight: Float32Array;
}

/** One term over all cards. */
interface Term {
  idf: number;
  cards: Postings;
  units: Postings;
}

/** Precomputed weights of every term in every card (BM25 over weighted fields) and every unit (TF-IDF cosine). */
export interface TermIndex {
  terms: ReadonlyMap<string, Term>;
  documents: readonly Document[];
  /** The card of each unit. */
  unitCard: Uint16Array;
  /** IDF of a term that no card holds. */
  unknownIdf: number;
}

/** What the index is built with. */
export interface IndexWeights {
  fields: Record<Field, number>;
  /** How much a text of a field counts in the unit comparison. */
  units: Record<Field, number>;
  saturation: number;
  length: number;
}

/** Builds the index; `termsOf` turns a text into its terms. */
export function buildIndex(
  documents: readonly Document[],
  termsOf: (text: string) => string[],
  weights: IndexWeights,
): TermIndex {
  const cardTerms = documents.map(() => new Map<string, number>());
  const unitTerms: { card: number; field: Field; terms: Map<string, number> }[] = [];
  documents.forEach((document, card) => {
    for (const { field, text } of document.units) {
      const terms = new Map<string, number>();
      for (const term of termsOf(text)) terms.set(term, (terms.get(term) ?? 0) + 1);
      if (terms.size) unitTerms.push({ card, field, terms });
    }
  });
  // Field lengths, so that a long body does not outweigh a short one.
  const fieldNames = Object.keys(weights.fields) as Field[];
  const lengths = documents.map(() => ({ title: 0, ask: 0, body: 0 }));
  for (const { card, field, terms } of unitTerms) for (const count of terms.values()) add(lengths[card], field, count);
  const mean = { title: 0, ask: 0, body: 0 };
  for (const field of fieldNames)
    mean[field] = lengths.reduce((sum, each) => sum + each[field], 0) / Math.max(1, documents.length) || 1;
  for (const { card, field, terms } of unitTerms) {
    const length = 1 - weights.length + (weights.length * (lengths[card]?.[field] ?? 0)) / mean[field];
    const into = cardTerms[card];
    for (const [term, count] of terms)
      into?.set(term, (into.get(term) ?? 0) + (weights.fields[field] * count) / length);
  }
  return assemble(documents, cardTerms, unitTerms, weights);
}

function assemble(
  documents: readonly Document[],
  cardTerms: readonly Map<string, number>[],
  unitTerms: readonly { card: number; field: Field; terms: Map<string, number> }[],
  weights: IndexWeights,
): TermIndex {
  const held = new Map<string, { card: number; frequency: number }[]>();
  cardTerms.forEach((terms, card) => {
    for (const [term, frequency] of terms) push(held, term, { card, frequency });
  });
  const idf = new Map(
    [...held].map(([term, cards]) => [
      term,
      Math.log(1 + (documents.length - cards.length + 0.5) / (cards.length + 0.5)),
    ]),
  );
  const unitsOf = new Map<string, { unit: number; weight: number }[]>();
  unitTerms.forEach(({ terms, field }, unit) => {
    const raw = [...terms].map(([term, count]) => [term, (1 + Math.log(count)) * (idf.get(term) ?? 0)] as const);
    const norm = Math.hypot(...raw.map(([, weight]) => weight)) || 1;
    for (const [term, weight] of raw) push(unitsOf, term, { unit, weight: (weights.units[field] * weight) / norm });
  });
  const terms = new Map<string, Term>();
  for (const [term, cards] of held) {
    const k = weights.saturation;
    const rarity = idf.get(term) ?? 0;
    const units = unitsOf.get(term) ?? [];
    terms.set(term, {
      idf: rarity,
      cards: {
        at: Uint16Array.from(cards, ({ card }) => card),
        weight: Float32Array.from(cards, ({ frequency }) => (rarity * frequency * (k + 1)) / (frequency + k)),
      },
      units: {
        at: Uint16Array.from(units, ({ unit }) => unit),
        weight: Float32Array.from(units, ({ weight }) => weight),
      },
    });
  }
  const unitCard = Uint16Array.from(unitTerms, ({ card }) => card);
  return { terms, documents, unitCard, unknownIdf: Math.log(1 + (documents.length + 0.5) / 0.5) };
}

function push<T>(map: Map<string, T[]>, key: string, value: T): void {
  const list = map.get(key);
  if (list) list.push(value);
  else map.set(key, [value]);
}

function add(lengths: Record<Field, number> | undefined, field: Field, count: number): void {
  if (lengths) lengths[field] += count;
}
