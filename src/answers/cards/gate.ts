import type { Measured } from "./features.ts";

/** What the gate looks at to decide whether the question is one this tutor can answer. */
export const gateNames = [
  "taught",
  "best",
  "margin",
  "unknown",
  "anchors",
  "rule",
  "redirectWord",
  "short",
  "phrasing",
] as const;
export type GateName = (typeof gateNames)[number];

const anchorPattern =
  /\b(?:docker\w*|containers?|images?|compose|volumes?|layers?|registry|entrypoint|cmd|prune|mount\w*|tags?|latest|expose|publish|cgroups?|namespaces?|daemon|rmi?|ps|exec|host|run|build)\b/g;

/** What the gate needs to know of the ranking: the scores of all cards, concepts before redirects. */
export interface Ranking {
  scores: Float64Array;
  /** How many of the first scores are concepts'. */
  concepts: number;
}

/** The gate's view of a measured and ranked question. */
export function gateView(measured: Measured, { scores, concepts }: Ranking): Record<GateName, number> {
  let [best, second, at] = [-Infinity, -Infinity, 0];
  for (let card = 0; card < concepts; card++) {
    const score = scores[card] ?? 0;
    if (score > best) [second, best, at] = [best, score, card];
    else if (score > second) second = score;
  }
  const inside = logSum(scores, 0, concepts);
  const outside = logSum(scores, concepts, scores.length);
  const anchors = new Set(measured.cleaned.match(anchorPattern)).size;
  let words = 0;
  for (let card = concepts; card < scores.length; card++) words = Math.max(words, measured.features.word[card] ?? 0);
  return {
    taught: Number.isFinite(outside) ? inside - outside : inside,
    best: Number.isFinite(best) ? best : 0,
    margin: Number.isFinite(second) ? best - second : 0,
    unknown: 1 - measured.knownRarity,
    anchors: Math.min(3, anchors),
    rule: Number(measured.hits.length > 0),
    redirectWord: words,
    short: Number(measured.terms < 2),
    phrasing: measured.features.phrasing[at] ?? 0,
  };
}

function logSum(scores: Float64Array, from: number, to: number): number {
  let most = -Infinity;
  for (let card = from; card < to; card++) most = Math.max(most, scores[card] ?? 0);
  let sum = 0;
  for (let card = from; card < to; card++) sum += Math.exp((scores[card] ?? 0) - most);
  return most + Math.log(sum);
}
