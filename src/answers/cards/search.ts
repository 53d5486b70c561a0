import type { Sliced } from "../../core/slices.ts";
import type { Concept } from "../../curriculum/schema.ts";
import { type Cards, documentsOf } from "./documents.ts";
import { featureNames, type Measured, meterOf } from "./features.ts";
import { gateNames, gateView } from "./gate.ts";
import { indexDocuments, type MeterIndex } from "./meter-index.ts";
import type { RuleHit } from "./rules.ts";
import { weights as fitted, type Weights } from "./weights.ts";

/** What a question turned out to be about. */
export interface Finding {
  /** Concepts, best first, at most ten. */
  ranked: { concept: string; score: number }[];
  /** A topic outside of what is taught, when the question is about it. */
  redirect?: string;
  outcome: "answer" | "unsure" | "decline";
  /** From 0 to 1: how likely it is that this is a question the cards answer. */
  confidence: number;
  /** The rule that spoke for the first concept. */
  rule?: RuleHit["rule"];
}

/** Finds what a question is about. */
export interface Search {
  /** Never throws, whatever the text. */
  find(text: string): Finding;
}

/** Indexes all cards, in slices. */
export function indexCards(cards: Cards): Sliced<MeterIndex> {
  return indexDocuments(documentsOf(cards));
}

/** The search over cards that were indexed. */
export function searchOver(index: MeterIndex, taught: Iterable<Concept>, weights: Weights = fitted): Search {
  const meter = meterOf(index, taught);
  const { documents } = index;
  const concepts = documents.filter(({ redirect }) => !redirect).length;
  const scores = new Float64Array(documents.length);
  return {
    find(text) {
      const measured = meter.measure(text);
      scoreCards(measured, weights, scores);
      const view = gateView(measured, { scores, concepts });
      let sum = weights.gate.bias;
      for (const name of gateNames) sum += weights.gate.weights[name] * view[name];
      const confidence = measured.terms || measured.hits.length ? 1 / (1 + Math.exp(-sum)) : 0;
      const ranked = top(scores, 0, concepts, 10).map((card) => ({
        concept: documents[card]?.id ?? "",
        score: scores[card] ?? 0,
      }));
      const [outside] = top(scores, concepts, documents.length, 1);
      const rule = measured.hits.find(({ concept }) => concept === ranked[0]?.concept)?.rule;
      const outcome =
        confidence < weights.decline || !ranked.length ? "decline" : confidence < weights.answer ? "unsure" : "answer";
      const known =
        outcome === "decline" && outside !== undefined && isAbout(outside, measured, scores, ranked[0]?.score ?? 0);
      const redirect = known ? documents[outside]?.id : undefined;
      return { ranked, outcome, confidence, ...(redirect !== undefined && { redirect }), ...(rule && { rule }) };
    },
  };
}

/** Score from which a question is about a redirect, and likeness of letters that counts as its very words. */
const redirectFrom = 9;
const verbatim = 0.95;
/** How much nearer than every card it must be, unless it is named or quoted. */
const ahead = 1.2;

/** Whether a redirect is named, quoted or likely enough to say so: a wrong guess would tell a harmless person not to attack others. */
function isAbout(redirect: number, { features }: Measured, scores: Float64Array, best: number): boolean {
  const named = (features.word[redirect] ?? 0) > 0 || (features.letters[redirect] ?? 0) >= verbatim;
  return named || (scores[redirect] ?? 0) >= Math.max(redirectFrom, best + ahead);
}

/** Writes each card's score for a measured question: the weighted sum of its features. */
export function scoreCards({ features }: Measured, { ranking }: Weights, scores: Float64Array): void {
  scores.fill(0);
  for (const name of featureNames) {
    const weight = ranking[name];
    const values = features[name];
    for (let card = 0; card < scores.length; card++) scores[card] = (scores[card] ?? 0) + weight * (values[card] ?? 0);
  }
}

/** The places of the highest scores above 0 in a range, highest first. */
function top(scores: Float64Array, from: number, to: number, most: number): number[] {
  const places: number[] = [];
  for (let card = from; card < to; card++) if ((scores[card] ?? 0) > 0) places.push(card);
  return places.sort((a, b) => (scores[b] ?? 0) - (scores[a] ?? 0)).slice(0, most);
}
