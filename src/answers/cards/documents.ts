import type { Curriculum } from "../../curriculum/load.ts";

/** What the search reads of the content. */
export type Cards = Pick<Curriculum, "concepts" | "redirects" | "misconceptions" | "wording">;

/** What is searched: a concept, or a topic outside of what is taught. */
export interface Document {
  id: string;
  redirect: boolean;
  /** How learners speak of it: names, phrasings, what they wrongly believe. */
  spoken: string[];
  /** What the card says about it. */
  body: string[];
  /** Words that by themselves point to a redirect. */
  words: string[];
}

/** The searchable texts of all cards, concepts first. */
export function documentsOf({ concepts, redirects, misconceptions, wording }: Cards): Document[] {
  const believed = Map.groupBy(misconceptions.values(), ({ concept }) => concept);
  const documents: Document[] = [];
  for (const { id, title, aliases, ask, short, details, deeper, example } of concepts.values()) {
    const beliefs = believed.get(id) ?? [];
    const spoken = [
      title,
      id.replaceAll("-", " "),
      ...aliases,
      ...ask,
      ...(wording.get(id) ?? []),
      ...beliefs.map((each) => each.believed),
    ];
    const body = [...beliefs.map((each) => each.correction), short, details, example.intro, deeper].flatMap(sentences);
    documents.push({ id, redirect: false, spoken, body, words: [] });
  }
  for (const { id, title, ask, words } of redirects.values()) {
    documents.push({
      id,
      redirect: true,
      spoken: [title, ...words, ...ask, ...(wording.get(id) ?? [])],
      body: [],
      words,
    });
  }
  return documents;
}

function sentences(text: string): string[] {
  return text.split(/\n+|(?<=[.?:;])\s+(?=[A-Z`])/).filter((sentence) => sentence.length > 12);
}
