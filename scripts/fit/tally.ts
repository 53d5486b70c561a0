import { concepts, type Example } from "./examples.ts";
import { chanceOf, type Fitted, round, scoresOf } from "./regress.ts";

/** Counts of what was found. */
export interface Tally {
  inScope: number;
  strict: number;
  lenient: number;
  three: number;
  answered: number;
  outside: number;
  declined: number;
}

/** Counts what weights find. */
export function tally(examples: readonly Example[], fitted: Fitted): Tally {
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

/** The counts of several parts together. */
export function sumTallies(parts: readonly Tally[]): Tally {
  const sums: Tally = { inScope: 0, strict: 0, lenient: 0, three: 0, answered: 0, outside: 0, declined: 0 };
  for (const part of parts) for (const name of Object.keys(sums) as (keyof Tally)[]) sums[name] += part[name];
  return sums;
}

/** Prints counts as shares. */
export function show(name: string, { inScope, strict, lenient, three, answered, outside, declined }: Tally): void {
  const share = (part: number, whole: number) => `${((100 * part) / Math.max(1, whole)).toFixed(1)} %`;
  console.log(
    `${name}: ${inScope} in scope: top-1 ${share(strict, inScope)}, lenient ${share(lenient, inScope)}, top-3 ${share(three, inScope)}, answered ${share(answered, inScope)}; ` +
      `${outside} outside: declined ${share(declined, outside)}`,
  );
}

/** The limit that keeps the loss on both sides level, weighing a wrong decline as the goals do (8 % against 5 %). */
export function fitLimit(examples: readonly Example[], fitted: Pick<Fitted, "ranking" | "gate">): number {
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
