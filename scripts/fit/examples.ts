import { readFileSync } from "node:fs";
import { type Document, documentsOf } from "../../src/answers/cards/documents.ts";
import { createMeter, featureNames, type Measured } from "../../src/answers/cards/features.ts";
import { ownContent } from "../../src/app.ts";
import { loadCurriculum } from "../../src/curriculum/load.ts";

/** One measured question with what it should have found. */
export interface Example {
  /** Feature values, card by card. */
  values: Float32Array;
  /** How much of the question each right card deserves; empty outside of what is taught. */
  right: Map<number, number>;
  inScope: boolean;
  measured: Pick<Measured, "cleaned" | "terms" | "hits" | "knownRarity"> & {
    word: Float32Array;
    phrasing: Float32Array;
  };
  weight: number;
  /** Cards that are not to be looked at: redirects left out of the index. */
  hidden: Set<number>;
}

const cards = loadCurriculum({ dirs: [ownContent] });
/** All cards, concepts first. */
export const all = documentsOf(cards);
/** How many of the cards are concepts. */
export const concepts = all.filter(({ redirect }) => !redirect).length;
const places = new Map(all.map(({ id, redirect }, card) => [redirect ? `redirect ${id}` : id, card]));
const width = featureNames.length;

function example(
  measured: Measured,
  right: Map<number, number>,
  inScope: boolean,
  weight: number,
  hidden = new Set<number>(),
): Example {
  const values = new Float32Array(all.length * width);
  featureNames.forEach((name, feature) => {
    for (let card = 0; card < all.length; card++) values[card * width + feature] = measured.features[name][card] ?? 0;
  });
  const { cleaned, terms, hits, knownRarity, features } = measured;
  const kept = {
    cleaned,
    terms,
    hits,
    knownRarity,
    word: Float32Array.from(features.word),
    phrasing: Float32Array.from(features.phrasing),
  };
  return { values, right, inScope, measured: kept, weight, hidden };
}

/** Every phrasing of every card, asked of an index that lacks it; `only` of the `folds` are made. */
export function leftOut(folds: number, only = folds): Example[] {
  const examples: Example[] = [];
  for (let fold = 0; fold < only; fold++) {
    const asked: { text: string; card: number }[] = [];
    const documents = all.map((document, card): Document => {
      const phrasings = phrasingsOf(document);
      const out = new Set(phrasings.filter((_, index) => index % folds === fold));
      for (const text of out) asked.push({ text, card });
      return { ...document, spoken: document.spoken.filter((text) => !out.has(text)) };
    });
    const meter = createMeter(cards, documents);
    for (const { text, card } of asked)
      examples.push(example(meter.measure(text), new Map([[card, 1]]), card < concepts, 1));
    process.stderr.write(".");
  }
  return examples;
}

/** Phrasings of redirects that are left out whole: topics that nobody foresaw. */
export function unforeseen(groups: number, only = groups): Example[] {
  const examples: Example[] = [];
  for (let group = 0; group < only; group++) {
    const hidden = new Set(all.flatMap(({ redirect }, card) => (redirect && card % groups === group ? [card] : [])));
    const documents = all.map((document, card) =>
      hidden.has(card) ? { ...document, spoken: [], words: [] } : document,
    );
    const meter = createMeter(cards, documents);
    for (const card of hidden) {
      phrasingsOf(all[card] as Document).forEach((text, index) => {
        if (index % 3 === 0) examples.push(example(meter.measure(text), new Map(), false, 1, hidden));
      });
    }
    process.stderr.write(".");
  }
  return examples;
}

/** The phrasings of a card, without its names and words. */
function phrasingsOf({ id, redirect }: Document): string[] {
  const ask = redirect ? cards.redirects.get(id)?.ask : cards.concepts.get(id)?.ask;
  return [...(ask ?? []), ...(cards.wording.get(id) ?? [])];
}

/** Labelled questions: {"text","in_scope","concept","alternates"} a line. */
export function labelled(file: string): Example[] {
  const meter = createMeter(cards);
  return readFileSync(file, "utf8")
    .trim()
    .split("\n")
    .map((line) => {
      const { text, in_scope, concept, alternates } = JSON.parse(line) as {
        text: string;
        in_scope: boolean;
        concept: string | null;
        alternates?: string[];
      };
      const right = new Map<number, number>();
      const main = places.get(concept ?? "");
      const others = (alternates ?? []).flatMap((id) => places.get(id) ?? []);
      if (in_scope && main !== undefined) {
        right.set(main, others.length ? 0.7 : 1);
        for (const card of others) right.set(card, 0.3 / others.length);
      }
      return example(meter.measure(text), right, in_scope, 4);
    });
}
