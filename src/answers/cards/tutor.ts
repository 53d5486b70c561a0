import { LRUCache } from "lru-cache";
import { nearest } from "../../core/nearest.ts";
import { atOnce, inSlices, type Sliced } from "../../core/slices.ts";
import type { ErrorValues } from "../../curriculum/errors/error-values.ts";
import type { Library } from "../../curriculum/library.ts";
import type { Curriculum } from "../../curriculum/load.ts";
import type { Concept } from "../../curriculum/schema.ts";
import { type Clinic, createClinic, type Diagnosis } from "../errors/clinic.ts";
import { type AnswerSearch, answerSearchOver, type Match } from "../retrieval/answer-search.ts";
import { indexAll, keptIndexes } from "./indexes.ts";
import { nameKey } from "./rules.ts";
import { type Finding, type Search, searchOver } from "./search.ts";

declare module "../../core/context.ts" {
  interface Services {
    tutor: Tutor;
  }
}

/** Finds cards for what people say. */
export interface Tutor {
  /** Gets ready for the first question, in slices between which everybody else goes on; without it, that happens at once in the first question. */
  ready(): Promise<void>;
  /** What a question is about. Never throws, whatever the text. */
  find(text: string): Finding;
  /**
   * The reviewed answers that fit a question, best first, at most four; `near`: the concept that the question is about
   * by the conversation it belongs to, whatever its words say. Never throws, whatever the text.
   */
  answers(text: string, near?: string): readonly Match[];
  /** What a pasted error text means; undefined when there is none. `known`: what was named before. Never throws, whatever the text. */
  diagnose(text: string, known?: ErrorValues): Diagnosis | undefined;
  /** The card of that id, title or alias, however it is spelt. */
  concept(name: string): Concept | undefined;
  /** Cards to offer while a name is typed or after a misspelt one, best first; at most 25, all of them for an empty name. */
  suggest(typed: string): Concept[];
}

/** Where the tutor gets its cards: what is taught now, and word of every reload. */
export interface TutorSource {
  readonly current: Curriculum;
  onReload: Library["onReload"];
}

/** How long (ms) getting ready holds others up at once. */
const slice = 8;

/** How many of the latest questions are remembered with what was found: a study channel's list of exercises fits. */
const remembered = 300;

/** A tutor over the source's cards, which follows every reload. */
export function createTutor(source: TutorSource): Tutor {
  let cards: Cards | undefined;
  let clinic: Clinic | undefined;
  let curriculum = source.current;
  // A class asks what its instructor asked, and a button or a completion asks the same again.
  const found = new LRUCache<string, Finding>({ max: remembered });
  const matched = new LRUCache<string, readonly Match[]>({ max: remembered });
  source.onReload(async (next) => {
    // The old cards answer until the new ones are ready.
    const ready = cards && (await inSlices(prepareCards(next)));
    return () => {
      curriculum = next;
      cards = ready;
      clinic = undefined;
      found.clear();
      matched.clear();
    };
  });
  // Opened by the first question, not at the start, which people wait for.
  const open = () => {
    cards ??= atOnce(prepareCards(curriculum));
    return cards;
  };
  let opening: Promise<void> | undefined;
  async function openSliced(): Promise<void> {
    const taught = curriculum;
    if (taught.readAhead) await inSlices(taught.readAhead(), slice);
    const ready = await inSlices(prepareCards(taught), slice);
    if (taught === curriculum) cards ??= ready;
  }
  const find = (text: string) => {
    const finding = found.get(text) ?? open().search.find(text);
    found.set(text, finding);
    return finding;
  };
  return {
    ready() {
      if (cards) return Promise.resolve();
      opening ??= openSliced().finally(() => {
        opening = undefined;
      });
      return opening;
    },
    find,
    answers(text, near) {
      const key = `${near ?? ""} ${text}`;
      const matches = matched.get(key) ?? open().answers.find(text, near ? nearTo(find(text), near) : find(text));
      matched.set(key, matches);
      return matches;
    },
    diagnose(text, known) {
      clinic ??= createClinic(curriculum.errors.values());
      return clinic.diagnose(text, known);
    },
    concept: (name) => open().byName.get(plain(name)) ?? open().byTerms.get(nameKey(name)),
    suggest: (typed) => suggest(typed, open()),
  };
}

/** The finding with a concept first that the conversation is about. */
function nearTo(finding: Finding, concept: string): Finding {
  const best = finding.ranked[0]?.score ?? 0;
  return {
    ...finding,
    ranked: [{ concept, score: best }, ...finding.ranked.filter((one) => one.concept !== concept)],
  };
}

interface Cards {
  search: Search;
  answers: AnswerSearch;
  concepts: ReadonlyMap<string, Concept>;
  byName: ReadonlyMap<string, Concept>;
  byTerms: ReadonlyMap<string, Concept>;
}

function* prepareCards(curriculum: Curriculum): Sliced<Cards> {
  const byName = new Map<string, Concept>();
  const byTerms = new Map<string, Concept>();
  const all = [...curriculum.concepts.values()];
  const name = (text: string, concept: Concept) => {
    if (!byName.has(plain(text))) byName.set(plain(text), concept);
    const terms = nameKey(text);
    if (!byTerms.has(terms)) byTerms.set(terms, concept);
  };
  for (const concept of all) for (const text of [concept.id, concept.title]) name(text, concept);
  for (const concept of all) {
    yield;
    for (const text of [...concept.defines, ...concept.aliases]) name(text, concept);
  }
  yield;
  const { cards, answers } = (yield* keptIndexes(curriculum)) ?? (yield* indexAll(curriculum));
  yield;
  const search = searchOver(cards, curriculum.concepts.values());
  yield;
  return { search, answers: answerSearchOver(answers, curriculum), concepts: curriculum.concepts, byName, byTerms };
}

function suggest(typed: string, { byName, concepts, search }: Cards): Concept[] {
  const wanted = plain(typed);
  if (!wanted) return [...concepts.values()].sort((a, b) => a.title.localeCompare(b.title)).slice(0, 25);
  const names = [...byName.keys()];
  const found = new Set<Concept>();
  const take = (name: string) => {
    const concept = byName.get(name);
    if (concept) found.add(concept);
  };
  for (const name of names) if (name.startsWith(wanted)) take(name);
  for (const name of names) if (name.includes(` ${wanted}`)) take(name);
  for (const name of nearest(wanted, names, 5)) take(name);
  if (!found.size) {
    for (const { concept } of search.find(typed).ranked.slice(0, 3)) {
      const card = concepts.get(concept);
      if (card) found.add(card);
    }
  }
  return [...found].slice(0, 25);
}

function plain(name: string): string {
  return name
    .slice(0, 200)
    .toLowerCase()
    .replace(/[^\p{L}\p{N}]+/gu, " ")
    .trim();
}
