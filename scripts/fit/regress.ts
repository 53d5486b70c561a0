import { featureNames, type Measured } from "../../src/answers/cards/features.ts";
import { type GateName, gateNames, gateView } from "../../src/answers/cards/gate.ts";
import type { Weights } from "../../src/answers/cards/weights.ts";
import { all, concepts, type Example } from "./examples.ts";

/** What the fit decides. */
export type Fitted = Pick<Weights, "ranking" | "gate" | "decline">;

const width = featureNames.length;

/** A question that is nothing but a card's name, a pair or an error must find that card, however few such examples there are. */
const least: Partial<Weights["ranking"]> = { definition: 1.5, comparison: 0.8, error: 1.5 };

/** Softmax regression over the cards of each example, by AdaGrad. */
export function fitRanking(examples: readonly Example[]): Weights["ranking"] {
  const weights = new Float64Array(width).fill(0.5);
  const seen = new Float64Array(width).fill(1e-8);
  for (let round = 0; round < 250; round++) {
    const slope = new Float64Array(width);
    let total = 0;
    for (const { values, right, weight } of examples) {
      if (!right.size) continue;
      total += weight;
      const chances = softmax(values, weights);
      for (let card = 0; card < all.length; card++) {
        const off = (chances[card] ?? 0) - (right.get(card) ?? 0);
        if (Math.abs(off) < 1e-5) continue;
        for (let feature = 0; feature < width; feature++)
          slope[feature] = (slope[feature] ?? 0) + weight * off * (values[card * width + feature] ?? 0);
      }
    }
    step(weights, slope, seen, total, 0.0005, 0.3);
  }
  return Object.fromEntries(
    featureNames.map((name, feature) => [name, round(Math.max(weights[feature] ?? 0, least[name] ?? -Infinity))]),
  ) as Weights["ranking"];
}

function softmax(values: Float32Array, weights: Float64Array): Float64Array {
  const scores = new Float64Array(all.length);
  let most = -Infinity;
  for (let card = 0; card < all.length; card++) {
    let score = 0;
    for (let feature = 0; feature < width; feature++)
      score += (weights[feature] ?? 0) * (values[card * width + feature] ?? 0);
    scores[card] = score;
    if (score > most) most = score;
  }
  let sum = 0;
  for (let card = 0; card < scores.length; card++) sum += scores[card] = Math.exp((scores[card] ?? 0) - most);
  return scores.map((each) => each / sum);
}

function step(
  weights: Float64Array,
  slope: Float64Array,
  seen: Float64Array,
  total: number,
  decay: number,
  rate: number,
): void {
  for (let at = 0; at < weights.length; at++) {
    const each = (slope[at] ?? 0) / total + decay * (weights[at] ?? 0);
    seen[at] = (seen[at] ?? 0) + each * each;
    weights[at] = (weights[at] ?? 0) - (rate * each) / Math.sqrt(seen[at] ?? 1);
  }
}

/** The score of each card. */
export function scoresOf({ values, hidden }: Example, ranking: Weights["ranking"]): Float64Array {
  const scores = new Float64Array(all.length);
  for (let card = 0; card < all.length; card++) {
    let score = 0;
    featureNames.forEach((name, feature) => {
      score += ranking[name] * (values[card * width + feature] ?? 0);
    });
    scores[card] = hidden.has(card) ? 0 : score;
  }
  return scores;
}

function viewOf(one: Example, ranking: Weights["ranking"]): Record<GateName, number> {
  const { word, phrasing, ...rest } = one.measured;
  const measured = {
    ...rest,
    features: { word: Float64Array.from(word), phrasing: Float64Array.from(phrasing) },
  } as unknown as Measured;
  return gateView(measured, { scores: scoresOf(one, ranking), concepts });
}

/** Logistic regression of "in scope" on the gate's view. */
export function fitGate(examples: readonly Example[], ranking: Weights["ranking"]): Weights["gate"] {
  const rows = examples.map((one) => {
    const view = viewOf(one, ranking);
    return { x: [1, ...gateNames.map((name) => view[name])], y: Number(one.inScope), weight: one.weight };
  });
  const size = gateNames.length + 1;
  const mean = new Float64Array(size);
  const deviation = new Float64Array(size).fill(1);
  for (let at = 1; at < size; at++) {
    const values = rows.map(({ x }) => x[at] ?? 0);
    mean[at] = values.reduce((a, b) => a + b, 0) / rows.length;
    deviation[at] = Math.sqrt(values.reduce((a, b) => a + (b - (mean[at] ?? 0)) ** 2, 0) / rows.length) || 1;
  }
  const weights = new Float64Array(size);
  const seen = new Float64Array(size).fill(1e-8);
  for (let round = 0; round < 600; round++) {
    const slope = new Float64Array(size);
    let total = 0;
    for (const { x, y, weight } of rows) {
      let sum = weights[0] ?? 0;
      for (let at = 1; at < size; at++)
        sum += ((weights[at] ?? 0) * ((x[at] ?? 0) - (mean[at] ?? 0))) / (deviation[at] ?? 1);
      const off = weight * (1 / (1 + Math.exp(-sum)) - y);
      total += weight;
      slope[0] = (slope[0] ?? 0) + off;
      for (let at = 1; at < size; at++)
        slope[at] = (slope[at] ?? 0) + (off * ((x[at] ?? 0) - (mean[at] ?? 0))) / (deviation[at] ?? 1);
    }
    step(weights, slope, seen, total, 0.0005, 0.3);
  }
  let bias = weights[0] ?? 0;
  const plain = gateNames.map((name, index) => {
    const weight = (weights[index + 1] ?? 0) / (deviation[index + 1] ?? 1);
    bias -= weight * (mean[index + 1] ?? 0);
    return [name, round(weight)] as const;
  });
  return { bias: round(bias), weights: Object.fromEntries(plain) as Record<GateName, number> };
}

/** How likely it is in scope, by fitted weights. */
export function chanceOf(one: Example, { ranking, gate }: Pick<Weights, "ranking" | "gate">): number {
  const view = viewOf(one, ranking);
  let sum = gate.bias;
  for (const name of gateNames) sum += gate.weights[name] * view[name];
  return one.measured.terms || one.measured.hits.length ? 1 / (1 + Math.exp(-sum)) : 0;
}

/** Rounded to three decimals, which is all the precision there is. */
export function round(value: number): number {
  return Math.round(value * 1000) / 1000;
}
