import { distance } from "fastest-levenshtein";

/** How many letters have to be put in, taken out or changed to make one word of another. */
export const editsBetween: (one: string, other: string) => number = distance;

/** The candidates closest to what was typed, best first; with at most 1 to 3 edits by its length. */
export function nearest(typed: string, candidates: Iterable<string>, most = 3): string[] {
  const wanted = typed.toLowerCase().slice(0, 60);
  const allowed = wanted.length <= 3 ? 1 : wanted.length <= 7 ? 2 : 3;
  return [...new Set(candidates)]
    .map((candidate) => ({ candidate, edits: distance(wanted, candidate.toLowerCase()) }))
    .filter(({ candidate, edits }) => edits <= allowed || (wanted.length > 2 && candidate.startsWith(wanted)))
    .sort((a, b) => a.edits - b.edits)
    .slice(0, most)
    .map(({ candidate }) => candidate);
}
