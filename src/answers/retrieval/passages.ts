import type { Answer, Concept } from "../../curriculum/schema.ts";

/** The paragraphs and list items of a card, each as an answer without a question of its own. */
export function passagesOf({ id, details, deeper, sources }: Concept): Answer[] {
  const texts = [details, deeper].flatMap((text) => text.split(/\n\n+|\n(?=- )/));
  return texts
    .map((text) => text.replace(/^- /, "").replaceAll("\n", " ").trim())
    .filter((text) => text.length > 40)
    .map((text, index) => ({
      id: `${id}.~${index + 1}`,
      concept: id,
      question: "",
      wordings: [],
      parts: [{ fence: null, text, line: 1 }],
      sources,
    }));
}
