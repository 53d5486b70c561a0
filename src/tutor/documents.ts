import type { Concept, Misconception, Redirect } from "../curriculum/schema.ts";

/** Where a text of a card stands; each has its own weight in the ranking. */
export type Field = "title" | "ask" | "body";

/** One separately comparable text of a card. */
export interface Unit {
  field: Field;
  text: string;
}

/** What is searched: a concept, or a topic outside of what is taught. */
export interface Document {
  id: string;
  redirect: boolean;
  units: Unit[];
}

/** The searchable texts of all cards; `extra` are further texts that speak of a concept, by concept id. */
export function documentsOf(
  concepts: Iterable<Concept>,
  redirects: Iterable<Redirect>,
  misconceptions: Iterable<Misconception>,
): Document[] {
  const believed = Map.groupBy(misconceptions, ({ concept }) => concept);
  const documents: Document[] = [];
  for (const concept of concepts) {
    const { id, title, aliases, ask, short, details, deeper, example } = concept;
    const units: Unit[] = [unit("title", title), unit("title", id.replaceAll("-", " "))];
    for (const alias of aliases) units.push(unit("title", alias));
    for (const text of ask) units.push(unit("ask", text));
    for (const misconception of believed.get(id) ?? []) {
      units.push(unit("ask", misconception.believed), ...sentences(misconception.correction));
    }
    units.push(...sentences(short), ...sentences(details), ...sentences(example.intro), ...sentences(deeper));
    documents.push({ id, redirect: false, units });
  }
  for (const { id, title, ask, words } of redirects) {
    const units = [
      unit("title", title),
      ...words.map((word) => unit("title", word)),
      ...ask.map((text) => unit("ask", text)),
    ];
    documents.push({ id, redirect: true, units });
  }
  return documents;
}

function unit(field: Field, text: string): Unit {
  return { field, text };
}

function sentences(text: string): Unit[] {
  return text
    .split(/\n+|(?<=[.?:;])\s+(?=[A-Z`])/)
    .filter((sentence) => sentence.length > 12)
    .map((sentence) => unit("body", sentence));
}
