import type { Linted } from "./lint.ts";
import type { Kind } from "./read-content.ts";

/** No phrasing may stand on two cards, nor twice on one; an alias belongs to one concept. */
export function lintPhrasings({ items, report }: Linted): void {
  const phrasings = new Map<string, string>();
  const claim = (taken: Map<string, string>, kind: Kind, id: string, text: string, what: string) => {
    const key = plain(text);
    const owner = taken.get(key);
    if (!key || (owner === `${kind}/${id}` && what !== "phrasing")) return;
    if (owner) report(kind, id, text, `the ${what} "${text}" already stands in ${owner}.md`);
    else taken.set(key, `${kind}/${id}`);
  };
  for (const { id, ask } of items.concepts.values())
    for (const text of ask) claim(phrasings, "concepts", id, text, "phrasing");
  for (const { id, ask } of items.redirects.values())
    for (const text of ask) claim(phrasings, "redirects", id, text, "phrasing");
  const names = new Map<string, string>();
  for (const { id, aliases } of items.concepts.values())
    for (const text of aliases) claim(names, "concepts", id, text, "alias");
  const words = new Map<string, string>();
  for (const { id, words: own } of items.redirects.values())
    for (const text of own) claim(words, "redirects", id, text, "word");
  const defined = new Map<string, string>();
  for (const { id, defines } of items.concepts.values())
    for (const text of defines) claim(defined, "concepts", id, text, "definition of");
}

function plain(text: string): string {
  return text
    .toLowerCase()
    .replace(/[^\p{L}\p{N}]+/gu, " ")
    .trim();
}
