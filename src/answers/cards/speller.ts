import { distance } from "fastest-levenshtein";
import { canonical, stopWords } from "./vocabulary.ts";

/** Replaces a misspelt word by the known word it most likely is; short words are left alone. */
export function createSpeller(words: Iterable<string>): (word: string) => string {
  const known = new Set([...words, ...canonical.keys(), ...stopWords]);
  const byStart = new Map<string, string[]>();
  for (const word of known) {
    if (!/^[a-z]{4,}$/.test(word)) continue;
    const key = word[0] ?? "";
    const list = byStart.get(key);
    if (list) list.push(word);
    else byStart.set(key, [word]);
  }
  return (word) => {
    if (known.has(word) || !/^[a-z]{5,20}$/.test(word)) return word;
    for (let at = 0; at + 1 < word.length; at++) {
      const swapped = `${word.slice(0, at)}${word[at + 1]}${word[at]}${word.slice(at + 2)}`;
      if (known.has(swapped)) return swapped;
    }
    const most = word.length >= 8 ? 2 : 1;
    let best = word;
    let fewest = most + 1;
    for (const candidate of byStart.get(word[0] ?? "") ?? []) {
      if (Math.abs(candidate.length - word.length) > most) continue;
      const edits = distance(word, candidate);
      if (edits < fewest) {
        fewest = edits;
        best = candidate;
      }
    }
    return best;
  };
}
