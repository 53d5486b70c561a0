import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { ownContent } from "../src/app.ts";
import { loadCurriculum } from "../src/curriculum/load.ts";
import { type Document, documentsOf } from "../src/tutor/documents.ts";
import { createMeter, featureNames, type Measured } from "../src/tutor/features.ts";
import { type GateName, gateNames, gateView } from "../src/tutor/gate.ts";
import stored from "../src/tutor/weights.json" with { type: "json" };
import type { Weights } from "../src/tutor/weights.ts";

/**
 * Fits src/tutor/weights.json. Every phrasing of every card is asked of an index that does not hold it, and whole redirects are left
 * out to act as topics nobody foresaw. Labelled questions ({"text","in_scope","concept","alternates"} a line) named on the command
 * line are added; what generalises is estimated on them in five folds, each scored by weights that have not seen it.
 */
interface Example {
  /** Feature values, card by card. */
  values: Float32Array;
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
const all = documentsOf(cards);
const concepts = all.filter(({ redirect }) => !redirect).length;
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

function leftOut(folds: number): Example[] {
  const examples: Example[] = [];
  for (let fold = 0; fold < folds; fold++) {
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

function unforeseen(groups: number): Example[] {
  const examples: Example[] = [];
  for (let group = 0; group < groups; group++) {
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

function labelled(file: string): Example[] {
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

/** Softmax regression over the cards of each example, by AdaGrad. */
function fitRanking(examples: readonly Example[]): Weights["ranking"] {
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
    featureNames.map((name, feature) => [name, round(weights[feature] ?? 0)]),
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

function scoresOf({ values, hidden }: Example, ranking: Weights["ranking"]): Float64Array {
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
function fitGate(examples: readonly Example[], ranking: Weights["ranking"]): Weights["gate"] {
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

function chanceOf(one: Example, { ranking, gate }: Pick<Weights, "ranking" | "gate">): number {
  const view = viewOf(one, ranking);
  let sum = gate.bias;
  for (const name of gateNames) sum += gate.weights[name] * view[name];
  return one.measured.terms || one.measured.hits.length ? 1 / (1 + Math.exp(-sum)) : 0;
}

interface Tally {
  inScope: number;
  strict: number;
  lenient: number;
  three: number;
  answered: number;
  outside: number;
  declined: number;
}

function tally(examples: readonly Example[], fitted: Pick<Weights, "ranking" | "gate" | "decline">): Tally {
  const sums: Tally = { inScope: 0, strict: 0, lenient: 0, three: 0, answered: 0, outside: 0, declined: 0 };
  for (const one of examples) {
    const answered = chanceOf(one, fitted) >= fitted.decline;
    if (!one.inScope) {
      sums.outside++;
      if (!answered) sums.declined++;
      continue;
    }
    sums.inScope++;
    if (answered) sums.answered++;
    const scores = scoresOf(one, fitted.ranking);
    const order = [...scores.keys()]
      .filter((card) => card < concepts)
      .sort((a, b) => (scores[b] ?? 0) - (scores[a] ?? 0));
    const [first = -1] = order;
    if ((one.right.get(first) ?? 0) >= 0.7) sums.strict++;
    if (one.right.has(first)) sums.lenient++;
    if (order.slice(0, 3).some((card) => one.right.has(card))) sums.three++;
  }
  return sums;
}

function show(name: string, { inScope, strict, lenient, three, answered, outside, declined }: Tally): void {
  const share = (part: number, whole: number) => `${((100 * part) / Math.max(1, whole)).toFixed(1)} %`;
  console.log(
    `${name}: ${inScope} in scope: top-1 ${share(strict, inScope)}, lenient ${share(lenient, inScope)}, top-3 ${share(three, inScope)}, answered ${share(answered, inScope)}; ` +
      `${outside} outside: declined ${share(declined, outside)}`,
  );
}

/** The limit that keeps the loss on both sides level, weighing a wrong decline as the goals do (8 % against 5 %). */
function fitLimit(examples: readonly Example[], fitted: Pick<Weights, "ranking" | "gate">): number {
  const chances = examples.map((one) => ({ chance: chanceOf(one, fitted), inScope: one.inScope, weight: one.weight }));
  let best = { limit: 0.5, loss: Infinity };
  for (let limit = 0.05; limit < 0.95; limit += 0.01) {
    const missed =
      share(
        chances,
        (each) => each.inScope,
        ({ chance }) => chance < limit,
      ) / 0.08;
    const leaked =
      share(
        chances,
        (each) => !each.inScope,
        ({ chance }) => chance >= limit,
      ) / 0.05;
    const loss = Math.max(missed, leaked) + 0.3 * Math.min(missed, leaked);
    if (loss < best.loss) best = { limit, loss };
  }
  return round(best.limit);
}

function share<T extends { weight: number }>(
  items: readonly T[],
  among: (item: T) => boolean,
  holds: (item: T) => boolean,
): number {
  let [part, whole] = [0, 0];
  for (const item of items) {
    if (!among(item)) continue;
    whole += item.weight;
    if (holds(item)) part += item.weight;
  }
  return whole ? part / whole : 0;
}

function round(value: number): number {
  return Math.round(value * 1000) / 1000;
}

const files = process.argv.slice(2).filter((file) => existsSync(file));
const base = [...leftOut(10), ...unforeseen(6)];
process.stderr.write("\n");
const extra = files.flatMap(labelled);
const fitAll = (examples: readonly Example[]): Weights => {
  const ranking = fitRanking(examples);
  const gate = fitGate(examples, ranking);
  const decline = fitLimit(examples, { ranking, gate });
  return { ranking, gate, decline, answer: stored.answer };
};
const cardsOnly = fitAll(base);
show("cards, each phrasing left out", tally(base, cardsOnly));
if (extra.length) {
  show("labelled, weights from cards only", tally(extra, cardsOnly));
  const sums: Tally = { inScope: 0, strict: 0, lenient: 0, three: 0, answered: 0, outside: 0, declined: 0 };
  for (let fold = 0; fold < 5; fold++) {
    const fitted = fitAll([...base, ...extra.filter((_, index) => index % 5 !== fold)]);
    const part = tally(
      extra.filter((_, index) => index % 5 === fold),
      fitted,
    );
    for (const name of Object.keys(sums) as (keyof Tally)[]) sums[name] += part[name];
  }
  show("labelled, five folds", sums);
}
const fitted = fitAll([...base, ...extra]);
if (extra.length) show("labelled, seen by the fit", tally(extra, fitted));
console.log(JSON.stringify(fitted));
const target = new URL("../src/tutor/weights.json", import.meta.url);
writeFileSync(
  target,
  `${JSON.stringify({ ...fitted, answer: round(fitted.decline + (1 - fitted.decline) * 0.35) }, null, 2)}\n`,
);
