import { type Cards, type Document, documentsOf } from "./documents.ts";
import { gramsOf } from "./grams.ts";
import { speakFor } from "./language-model.ts";
import { addPostings, countOf, type Postings } from "./postings.ts";
import { compileRules, matchRules, type RuleHit } from "./rules.ts";
import { createSpeller } from "./speller.ts";
import { compareUnits, createUnits } from "./units.ts";
import { clean, dropLead, splitTexts, splitWords, termsOf, textTerms } from "./words.ts";

/** What is measured of a question and a card; their weights are in weights.json. */
export const featureNames = [
  "phrasing",
  "letters",
  "lettersAbout",
  "about",
  "aboutBody",
  "pairs",
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
  /** Different terms of the question, and how many of them some concept card knows. */
  terms: number;
  known: number;
  /** The share of the question's rarity that concept cards know. */
  knownRarity: number;
}

/** Measures questions against cards. */
export interface Meter {
  documents: readonly Document[];
  measure(text: string): Measured;
}

/** Prepares all cards for measuring. */
export function createMeter(cards: Cards, documents: readonly Document[] = documentsOf(cards)): Meter {
  const cache = new Map<string, readonly string[]>();
  const known = (word: string) => {
    let terms = cache.get(word);
    if (!terms) {
      terms = termsOf(word);
      cache.set(word, terms);
    }
    return terms;
  };
  const split = documents.map(({ spoken, body }) => {
    const lines = splitTexts([...spoken, ...body]).map((words) => words.flatMap(known));
    return { spoken: lines.slice(0, spoken.length), body: lines.slice(spoken.length) };
  });
  const count = documents.length;
  const about = speakFor(split.map(({ spoken }) => spoken.flat()));
  const aboutBody = speakFor(split.map(({ spoken, body }) => [...spoken.flat(), ...spoken.flat(), ...body.flat()]));
  const pairs = speakFor(split.map(({ spoken, body }) => [...spoken, ...body].flatMap(pairsOf)));
  const texts = split.flatMap(({ spoken, body }, card) => [
    ...spoken.map((terms) => ({ card, terms, weight: 1 })),
    ...body.map((terms) => ({ card, terms, weight: 0.8 })),
  ]);
  const phrasings = createUnits(
    texts.filter(({ terms }) => terms.length),
    count,
  );
  const lettersOf = documents.map(({ spoken }) => spoken.map((text) => gramsOf(text.toLowerCase())));
  const lettersAbout = speakFor(lettersOf.map((grams) => grams.flat()));
  const letters = createUnits(
    lettersOf.flatMap((all, card) => all.map((terms) => ({ card, terms, weight: 1 }))),
    count,
  );
  const rules = compileRules(cards.concepts.values(), textTerms);
  const words = documents.flatMap(({ words: own }, card) => (own.length ? [{ card, pattern: anyWord(own) }] : []));
  const place = new Map(documents.flatMap(({ id, redirect }, card) => (redirect ? [] : [[id, card] as const])));
  const spell = createSpeller(cache.keys());
  const taught = (term: string) => about.get(term)?.at.some((card) => !documents[card]?.redirect) ?? false;

  const features = Object.fromEntries(
    featureNames.map((name) => [name, new Float64Array(count)]),
  ) as Measured["features"];
  const phrasingSums = new Float64Array(phrasings.card.length);
  const letterSums = new Float64Array(letters.card.length);
  const sum = <K>(
    name: FeatureName,
    counts: ReadonlyMap<K, number>,
    postings: ReadonlyMap<K, Postings>,
    divide: number,
  ) => {
    for (const [key, times] of counts) addPostings(postings.get(key), (1 + Math.log(times)) / divide, features[name]);
  };
  return {
    documents,
    measure(text) {
      for (const name of featureNames) features[name].fill(0);
      const cleaned = dropLead(clean(text));
      const list = splitWords(cleaned).flatMap((word) => cache.get(word) ?? termsOf(spell(word)));
      const terms = countOf(list);
      const grams = countOf(gramsOf(cleaned));
      const root = Math.sqrt(terms.size || 1);
      compareUnits(phrasings, terms, phrasingSums, features.phrasing);
      compareUnits(letters, grams, letterSums, features.letters);
      sum("about", terms, about, root);
      sum("aboutBody", terms, aboutBody, root);
      sum("pairs", countOf(pairsOf(list)), pairs, root);
      let gramTotal = 0;
      for (const times of grams.values()) gramTotal += times;
      sum("lettersAbout", grams, lettersAbout, Math.sqrt(gramTotal || 1));
      for (const { card, pattern } of words) features.word[card] = Math.min(3, cleaned.match(pattern)?.length ?? 0);
      const hits = matchRules(cleaned, rules, textTerms);
      for (const { concept, rule, strength } of hits) {
        const card = place.get(concept);
        if (card !== undefined) features[rule][card] = Math.max(features[rule][card] ?? 0, strength);
      }
      let rarity = 0;
      let knownRarity = 0;
      let knownTerms = 0;
      for (const term of terms.keys()) {
        const each = phrasings.rarity(term);
        rarity += each;
        if (!taught(term)) continue;
        knownTerms++;
        knownRarity += each;
      }
      return {
        features,
        hits,
        cleaned,
        terms: terms.size,
        known: knownTerms,
        knownRarity: rarity ? knownRarity / rarity : 0,
      };
    },
  };
}

function pairsOf(terms: readonly string[]): string[] {
  return terms.slice(1).map((term, index) => `${terms[index]} ${term}`);
}

function anyWord(words: readonly string[]): RegExp {
  const sources = words.map((word) => RegExp.escape(word.toLowerCase()));
  return new RegExp(`(?<![\\p{L}\\p{N}_])(?:${sources.join("|")})(?![\\p{L}\\p{N}_])`, "gu");
}
