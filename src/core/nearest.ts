import { distance } from "fastest-levenshtein";

/** The candidates closest to what was typed, best first; only those within a third of its length (at least 1, at most 3 edits). */
export function nearest(typed: string, candidates: Iterable<string>, most = 3): string[] {
  const wanted = typed.toLowerCase().slice(0, 60);
  const allowed = Math.min(3, Math.max(1, Math.floor(wanted.length / 3)));
  return [...new Set(candidates)]
    .map((candidate) => ({ candidate, edits: distance(wanted, candidate.toLowerCase()) }))
    .filter(({ candidate, edits }) => edits <= allowed || (wanted.length > 2 && candidate.startsWith(wanted)))
    .sort((a, b) => a.edits - b.edits)
    .slice(0, most)
    .map(({ candidate }) => candidate);
}
