import type { Curriculum } from "../curriculum/load.ts";
import { documentsOf } from "./documents.ts";
import { compileRules, matchRules, type RuleHit } from "./rules.ts";
import { buildIndex, type IndexWeights, type TermIndex } from "./term-index.ts";
import { clean, dropLead, splitWords, termsOf, textTerms } from "./words.ts";

export interface RankWeights extends IndexWeights {
  unit: number;
  second: number;
  definition: number;
  comparison: number;
  error: number;
}

export const defaultWeights: RankWeights = {
  fields: { title: 2, ask: 3, body: 1 },
  units: { title: 0.9, ask: 1, body: 0.8 },
  saturation: 1.2,
  length: 0.5,
  unit: 0.7,
  second: 0.5,
  definition: 1.0,
  comparison: 0.8,
  error: 0.8,
};

export interface Scored {
  scores: Float64Array;
  cardScores: Float64Array;
  unitBest: Float64Array;
  hits: RuleHit[];
  terms: string[];
  words: string[];
  cleaned: string;
}

export interface Searcher {
  index: TermIndex;
  score(text: string): Scored;
}

export function createSearcher(
  curriculum: Pick<Curriculum, "concepts" | "redirects" | "misconceptions">,
  weights: RankWeights = defaultWeights,
): Searcher {
  const documents = documentsOf(
    curriculum.concepts.values(),
    curriculum.redirects.values(),
    curriculum.misconceptions.values(),
  );
  const index = buildIndex(documents, textTerms, weights);
  const rules = compileRules(curriculum.concepts.values(), textTerms);
  const at = new Map(documents.map(({ id, redirect }, i) => [(redirect ? "r:" : "") + id, i]));
  return {
    index,
    score(text) {
      const cleaned = dropLead(clean(text));
      const words = splitWords(cleaned);
      const terms = words.flatMap(termsOf);
      const hits = matchRules(cleaned, terms, rules, textTerms);
      const n = documents.length;
      const cardScores = new Float64Array(n);
      const units = new Float64Array(index.unitCard.length);
      const counts = new Map<string, number>();
      for (const t of terms) counts.set(t, (counts.get(t) ?? 0) + 1);
      let norm = 0;
      for (const [t, c] of counts) {
        const term = index.terms.get(t);
        const w = (1 + Math.log(c)) * (term?.idf ?? index.unknownIdf);
        norm += w * w;
        if (!term) continue;
        for (let i = 0; i < term.cards.at.length; i++)
          cardScores[term.cards.at[i]!]! += term.cards.weight[i]! * (1 + Math.log(c));
        for (let i = 0; i < term.units.at.length; i++) units[term.units.at[i]!]! += term.units.weight[i]! * w;
      }
      norm = Math.sqrt(norm) || 1;
      const best = new Float64Array(n);
      const second = new Float64Array(n);
      for (let u = 0; u < units.length; u++) {
        const v = units[u]! / norm;
        if (!v) continue;
        const c = index.unitCard[u]!;
        if (v > best[c]!) {
          second[c] = best[c]!;
          best[c] = v;
        } else if (v > second[c]!) second[c] = v;
      }
      let max = 1e-9;
      for (const s of cardScores) max = Math.max(max, s);
      let umax = 1e-9;
      const unitScore = best.map((b, i) => (b + weights.second * second[i]!) / (1 + weights.second));
      for (const s of unitScore) umax = Math.max(umax, s);
      const scores = cardScores.map((s, i) => s / max + weights.unit * (unitScore[i]! / umax));
      for (const hit of hits) {
        const i = at.get(hit.concept);
        if (i !== undefined) scores[i]! += weights[hit.rule] * hit.strength;
      }
      return { scores, cardScores, unitBest: best, hits, terms, words, cleaned };
    },
  };
}

/** What a question turned out to be about. */
export interface Finding {
  /** Concepts, best first. */
  ranked: { concept: string; score: number }[];
  /** A topic outside of what is taught, when the question is about it. */
  redirect?: string;
  outcome: "answer" | "unsure" | "decline";
  /** From 0 to 1: how likely it is that the first concept is meant. */
  confidence: number;
  /** The rule that spoke for the first concept. */
  rule?: RuleHit["rule"];
}

/** Finds what a question is about. */
export interface Search {
  find(text: string): Finding;
}

/** Builds the search over all cards. */
export function createSearch(curriculum: Pick<Curriculum, "concepts" | "redirects" | "misconceptions">): Search {
  const searcher = createSearcher(curriculum);
  const documents = searcher.index.documents;
  return {
    find(text) {
      const { scores, hits, unitBest } = searcher.score(text);
      const order = [...scores.keys()].sort((a, b) => (scores[b] ?? 0) - (scores[a] ?? 0));
      const cards = order.filter((i) => !documents[i]?.redirect && (scores[i] ?? 0) > 0).slice(0, 10);
      const ranked = cards.map((i) => ({ concept: documents[i]?.id ?? "", score: scores[i] ?? 0 }));
      const top = order[0] ?? 0;
      const sure = unitBest[cards[0] ?? 0] ?? 0;
      const rule = hits.find(({ concept }) => concept === ranked[0]?.concept)?.rule;
      const redirect = documents[top]?.redirect ? documents[top]?.id : undefined;
      const outcome = redirect || (sure < 0.2 && !rule) ? "decline" : sure < 0.3 && !rule ? "unsure" : "answer";
      return { ranked, outcome, confidence: Math.min(1, sure), ...(redirect && { redirect }), ...(rule && { rule }) };
    },
  };
}
