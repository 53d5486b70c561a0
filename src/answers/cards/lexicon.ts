import type { Sliced } from "../../core/slices.ts";
import type { Document } from "./documents.ts";
import { gramCount, gramsOf } from "./grams.ts";
import { createKeys, pairOf } from "./keys.ts";
import { createEntries, type Matrix } from "./matrix.ts";
import { createSpeller } from "./speller.ts";
import { splitTexts, termsOf } from "./words.ts";

/** A question as numbers: the terms it is searched by, its words as they stand with each two neighbours, its letter triples. */
export interface Read {
  terms: Uint32Array;
  plain: Uint32Array;
  letters: Uint32Array;
}

/** What all cards' texts consist of: matrices with a row a key and a column a text. */
export interface Lexicon {
  terms: Matrix;
  /** Of what learners say only. */
  plain: Matrix;
  /** Of what learners say only. */
  letters: Matrix;
  words: Words;
}

/** How words became numbers. */
export interface Words {
  terms: ReadonlyMap<string | number, number>;
  plain: ReadonlyMap<string | number, number>;
  termsOfWord: ReadonlyMap<string, readonly number[]>;
}

/** Reads a question; misspelt words are put right, and terms that no card holds get numbers beyond the last row. */
export type Reader = (words: readonly string[], cleaned: string) => Read;

/** After how many texts others may come in between. */
const slice = 20;

/** Reads all cards, in slices. */
export function* createLexicon(documents: readonly Document[]): Sliced<Lexicon> {
  const termKeys = createKeys();
  const plainKeys = createKeys();
  const termsOfWord = new Map<string, readonly number[]>();
  const known = (word: string) => {
    let found = termsOfWord.get(word);
    if (!found) {
      found = termsOf(word).map((term) => termKeys.add(term));
      termsOfWord.set(word, found);
    }
    return found;
  };
  const [terms, plain, letters] = [createEntries(), createEntries(), createEntries()];
  let text = 0;
  for (const { spoken, body } of documents) {
    yield;
    for (const [index, words] of splitTexts([...spoken, ...body]).entries()) {
      if (index % slice === 0) yield;
      for (const word of words) for (const key of known(word)) terms.push(key, text, 1);
      const said = spoken[index];
      if (said !== undefined) {
        for (const key of plainOf(words, plainKeys.add)) plain.push(key, text, 1);
        for (const key of gramsOf(said.toLowerCase())) letters.push(key, text, 1);
      }
      text++;
    }
  }
  yield;
  const packed = { terms: terms.pack(termKeys.size), plain: plain.pack(plainKeys.size) };
  yield;
  return {
    ...packed,
    letters: letters.pack(gramCount),
    words: { terms: termKeys.numbers, plain: plainKeys.numbers, termsOfWord },
  };
}

/** Reads questions by the numbers that the cards' words have. */
export function readerOf({ terms, plain, termsOfWord }: Words): Reader {
  const spell = createSpeller(termsOfWord.keys());
  return (words, cleaned) => {
    const right = words.map((word) => (termsOfWord.has(word) ? word : spell(word)));
    const unknown = createKeys();
    const beyond = (term: string) => terms.get(term) ?? terms.size + unknown.add(term);
    return {
      terms: Uint32Array.from(right.flatMap((word) => termsOfWord.get(word) ?? termsOf(word).map(beyond))),
      plain: Uint32Array.from(plainOf(right, (thing) => plain.get(thing))),
      letters: Uint32Array.from(gramsOf(cleaned)),
    };
  };
}

function plainOf(words: readonly string[], number: (thing: string | number) => number | undefined): number[] {
  const keys: number[] = [];
  let last: number | undefined;
  for (const word of words) {
    const key = number(word);
    const pair = key === undefined || last === undefined ? undefined : number(pairOf(last, key));
    if (key !== undefined) keys.push(key);
    if (pair !== undefined) keys.push(pair);
    last = key;
  }
  return keys;
}
