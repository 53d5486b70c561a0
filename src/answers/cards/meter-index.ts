import type { Sliced } from "../../core/slices.ts";
import type { Document } from "./documents.ts";
import { speakFor } from "./language-model.ts";
import { createLexicon, type Words } from "./lexicon.ts";
import type { Matrix } from "./matrix.ts";
import { type Texts, textsOf } from "./texts.ts";
import { createUnits, type Units } from "./units.ts";

/** What questions are measured against, as plain data that can be kept in a file. */
export interface MeterIndex {
  documents: readonly Pick<Document, "id" | "redirect" | "words">[];
  texts: Texts;
  words: Words;
  about: Matrix;
  plain: Matrix;
  lettersAbout: Matrix;
  phrasings: Units;
  letters: Units;
  /** 1 for each term that some concept's wording holds. */
  taught: Uint8Array;
}

/** Reads all documents into an index, in slices. */
export function* indexDocuments(documents: readonly Document[]): Sliced<MeterIndex> {
  const count = documents.length;
  const texts = textsOf(documents);
  // Taken apart, so that what only serves to build is let go.
  const { words, ...occurrences } = yield* createLexicon(documents);
  // What learners say counts twice beside what the card says.
  const about = yield* speakFor(occurrences.terms, texts, count, (text) => 1 + (texts.spoken[text] ?? 0));
  const plain = yield* speakFor(occurrences.plain, texts, count, () => 1);
  const lettersAbout = yield* speakFor(occurrences.letters, texts, count, () => 1);
  const phrasings = yield* createUnits(occurrences.terms, texts, count);
  const letters = yield* createUnits(occurrences.letters, texts, count);
  return {
    documents: documents.map(({ id, redirect, words: own }) => ({ id, redirect, words: own })),
    texts,
    words,
    about,
    plain,
    lettersAbout,
    phrasings,
    letters,
    taught: taughtTerms(about, documents),
  };
}

function taughtTerms(about: Matrix, documents: readonly Document[]): Uint8Array {
  const size = about.start.length - 1;
  const taught = new Uint8Array(size);
  for (let term = 0; term < size; term++) {
    for (let entry = about.start[term] ?? 0; entry < (about.start[term + 1] ?? 0); entry++) {
      if (!documents[about.column[entry] ?? 0]?.redirect) taught[term] = 1;
    }
  }
  return taught;
}
