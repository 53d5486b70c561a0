import { type Cards, type Document, documentsOf } from "./documents.ts";
import { gramCount, gramsOf } from "./grams.ts";
import { createKeys, type Keys, pairsOf } from "./keys.ts";
import { speakFor } from "./language-model.ts";
import { addRow, eachCount, type Matrix } from "./matrix.ts";
import { compileRules, matchRules, type RuleHit } from "./rules.ts";
import { createSpeller } from "./speller.ts";
import { compareUnits, createUnits } from "./units.ts";
import { clean, dropLead, splitTexts, splitWords, termsOf } from "./words.ts";

/** What is measured of a question and a card; their weights are in weights.json. */
export const featureNames = [
  "phrasing",
  "letters",
  "lettersAbout",
  "about",
  "pairs",
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
  documents: readonly Document[];
  measure(text: string): Measured;
}

/** Prepares all cards for measuring. */
export function createMeter(cards: Cards, documents: readonly Document[] = documentsOf(cards)): Meter {
  const terms = createKeys();
  const pairs = createKeys();
  const plain = createKeys();
  const termsOfWord = new Map<string, readonly number[]>();
  const known = (word: string) => {
    let found = termsOfWord.get(word);
    if (!found) {
      found = termsOf(word).map((term) => terms.add(term));
      termsOfWord.set(word, found);
    }
    return found;
  };
  const read = documents.map(({ spoken, body }) => {
    const words = splitTexts([...spoken, ...body]);
    const lists = words.map((each) => each.flatMap(known));
    return {
      spoken: lists.slice(0, spoken.length),
      body: lists.slice(spoken.length),
      words: words.slice(0, spoken.length),
    };
  });
  const count = documents.length;
  const cardKeys = (keys: Keys, listsOf: (card: (typeof read)[number]) => Iterable<readonly (number | string)[]>) =>
    read.map((card) => Uint32Array.from([...listsOf(card)].flatMap((list) => list.map((key) => keys.add(key)))));
  // What learners say counts twice beside what the card says.
  const about = speakFor(
    read.map(({ spoken, body }) => Uint32Array.from([...spoken, ...spoken, ...body].flat())),
    terms.size,
  );
  const pairKeys = cardKeys(pairs, ({ spoken, body }) => [...spoken, ...body].map(pairsOf));
  const aboutPairs = speakFor(pairKeys, pairs.size);
  const plainKeys = cardKeys(plain, ({ words }) => words.map(plainOf));
  const aboutPlain = speakFor(plainKeys, plain.size);
  const texts = read.flatMap(({ spoken, body }, card) => [
    ...spoken.map((keys) => ({ card, keys: Uint32Array.from(keys), weight: 1 })),
    ...body.map((keys) => ({ card, keys: Uint32Array.from(keys), weight: 0.8 })),
  ]);
  const phrasings = createUnits(texts, count, terms.size);
  const letterTexts = documents.flatMap(({ spoken }, card) =>
    spoken.map((text) => ({ card, keys: Uint32Array.from(gramsOf(text.toLowerCase())), weight: 1 })),
  );
  const letters = createUnits(letterTexts, count, gramCount);
  const lettersOf = documents.map(({ spoken }) =>
    Uint32Array.from(spoken.flatMap((text) => gramsOf(text.toLowerCase()))),
  );
  const lettersAbout = speakFor(lettersOf, gramCount);
  const rules = compileRules(cards.concepts.values());
  const words = documents.flatMap(({ words: own }, card) => (own.length ? [{ card, pattern: anyWord(own) }] : []));
  const place = new Map(documents.flatMap(({ id, redirect }, card) => (redirect ? [] : [[id, card] as const])));
  const spell = createSpeller(termsOfWord.keys());
  const taught = taughtTerms(about, documents, terms.size);

  const features = Object.fromEntries(
    featureNames.map((name) => [name, new Float64Array(count)]),
  ) as Measured["features"];
  const phrasingSums = new Float64Array(texts.length);
  const letterSums = new Float64Array(letterTexts.length);
  const sum = (name: FeatureName, keys: Uint32Array, matrix: Matrix, divide: number) => {
    eachCount(keys, (key, times) => addRow(matrix, key, (1 + Math.log(times)) / divide, features[name]));
  };
  return {
    documents,
    measure(text) {
      for (const name of featureNames) features[name].fill(0);
      const cleaned = dropLead(clean(text));
      const unknown = new Map<string | number, number>();
      const asked = splitWords(cleaned).map((word) => (termsOfWord.has(word) ? word : spell(word)));
      const list = asked.flatMap(
        (word) => termsOfWord.get(word) ?? termsOf(word).map((term) => terms.find(term, unknown)),
      );
      const keys = Uint32Array.from(list).sort();
      const grams = Uint32Array.from(gramsOf(cleaned)).sort();
      let different = 0;
      let rarity = 0;
      let knownRarity = 0;
      eachCount(keys, (key) => {
        const each = phrasings.rarity[key] ?? phrasings.unknown;
        different++;
        rarity += each;
        if (taught[key]) knownRarity += each;
      });
      const root = Math.sqrt(different || 1);
      compareUnits(phrasings, keys, phrasingSums, features.phrasing);
      compareUnits(letters, grams, letterSums, features.letters);
      sum("about", keys, about, root);
      sum("pairs", found(pairs, pairsOf(list)), aboutPairs, root);
      sum("plain", found(plain, plainOf(asked)), aboutPlain, Math.sqrt(asked.length || 1));
      sum("lettersAbout", grams, lettersAbout, Math.sqrt(grams.length || 1));
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

/** The words as they stand, stop words too, and each two of them in a row. */
function plainOf(words: readonly string[]): string[] {
  return [...words, ...words.slice(1).map((word, index) => `${words[index]} ${word}`)];
}

function found(keys: Keys, list: readonly (number | string)[]): Uint32Array {
  const unknown = new Map<string | number, number>();
  return Uint32Array.from(
    list.filter((key) => keys.has(key)),
    (key) => keys.find(key, unknown),
  );
}

/** 1 for each term that some concept's wording holds. */
function taughtTerms(about: Matrix, documents: readonly Document[], size: number): Uint8Array {
  const taught = new Uint8Array(size);
  for (let term = 0; term < size; term++) {
    for (let entry = about.start[term] ?? 0; entry < (about.start[term + 1] ?? 0); entry++) {
      if (!documents[about.column[entry] ?? 0]?.redirect) taught[term] = 1;
    }
  }
  return taught;
}

function anyWord(words: readonly string[]): RegExp {
  const sources = words.map((word) => RegExp.escape(word.toLowerCase()));
  return new RegExp(`(?<![a-z0-9_])(?:${sources.join("|")})(?![a-z0-9_])`, "g");
}
