import { atOnce } from "../../core/slices.ts";
import type { Concept } from "../../curriculum/schema.ts";
import { type Cards, type Document, documentsOf } from "./documents.ts";
import { readerOf } from "./lexicon.ts";
import { addRow, eachCount, type Matrix } from "./matrix.ts";
import { indexDocuments, type MeterIndex } from "./meter-index.ts";
import { compileRules, matchRules, type RuleHit } from "./rules.ts";
import { compareUnits } from "./units.ts";
import { clean, dropLead, splitWords } from "./words.ts";

/** What is measured of a question and a card; their weights are in weights.json. */
export const featureNames = [
  "phrasing",
  "letters",
  "lettersAbout",
  "about",
  "plain",
  "word",
  "definition",
  "comparison",
  "error",
] as const;
export type FeatureName = (typeof featureNames)[number];

/** One question measured against all cards; the arrays are overwritten by the next question. */
export interface Measured {
  /** For each feature one value a card, in the order of `documents`. */
  features: Record<FeatureName, Float64Array>;
  hits: RuleHit[];
  cleaned: string;
  /** Different terms of the question. */
  terms: number;
  /** The share of the question's rarity that concept cards know. */
  knownRarity: number;
}

/** Measures questions against cards. */
export interface Meter {
  documents: MeterIndex["documents"];
  measure(text: string): Measured;
}

/** Prepares all cards for measuring. */
export function createMeter(cards: Cards, documents: readonly Document[] = documentsOf(cards)): Meter {
  return meterOf(atOnce(indexDocuments(documents)), cards.concepts.values());
}

/** Measures questions against what was indexed; `concepts`: those whose rules count. */
export function meterOf(index: MeterIndex, concepts: Iterable<Concept>): Meter {
  const { documents, texts, about, plain, lettersAbout, phrasings, letters, taught } = index;
  const count = documents.length;
  const read = readerOf(index.words);
  const rules = compileRules(concepts);
  const words = documents.flatMap(({ words: own }, card) => (own.length ? [{ card, pattern: anyWord(own) }] : []));
  const place = new Map(documents.flatMap(({ id, redirect }, card) => (redirect ? [] : [[id, card] as const])));
  const features = Object.fromEntries(
    featureNames.map((name) => [name, new Float64Array(count)]),
  ) as Measured["features"];
  const sums = new Float64Array(texts.card.length);
  const sum = (name: FeatureName, keys: Uint32Array, matrix: Matrix, divide: number) => {
    eachCount(keys, (key, times) => addRow(matrix, key, (1 + Math.log(times)) / divide, features[name]));
  };
  return {
    documents,
    measure(text) {
      for (const name of featureNames) features[name].fill(0);
      const cleaned = dropLead(clean(text));
      const asked = splitWords(cleaned);
      const question = read(asked, cleaned);
      let [different, rarity, knownRarity] = [0, 0, 0];
      eachCount(question.terms, (key) => {
        const each = phrasings.rarity[key] ?? phrasings.unknown;
        different++;
        rarity += each;
        if (taught[key]) knownRarity += each;
      });
      compareUnits(phrasings, question.terms, texts, sums, features.phrasing);
      compareUnits(letters, question.letters, texts, sums, features.letters);
      sum("about", question.terms, about, Math.sqrt(different || 1));
      sum("plain", question.plain, plain, Math.sqrt(asked.length || 1));
      sum("lettersAbout", question.letters, lettersAbout, Math.sqrt(question.letters.length || 1));
      for (const { card, pattern } of words) features.word[card] = Math.min(3, cleaned.match(pattern)?.length ?? 0);
      const hits = matchRules(cleaned, rules);
      for (const { concept, rule, strength } of hits) {
        const card = place.get(concept);
        if (card !== undefined) features[rule][card] = Math.max(features[rule][card] ?? 0, strength);
      }
      return { features, hits, cleaned, terms: different, knownRarity: rarity ? knownRarity / rarity : 0 };
    },
  };
}

function anyWord(words: readonly string[]): RegExp {
  const sources = words.map((word) => RegExp.escape(word.toLowerCase()));
  return new RegExp(`(?<![a-z0-9_])(?:${sources.join("|")})(?![a-z0-9_])`, "g");
}
