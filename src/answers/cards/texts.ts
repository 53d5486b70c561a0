import type { Document } from "./documents.ts";

/** Which card each text is of, and whether learners say it or the card does; in the order of the cards. */
export interface Texts {
  card: Uint16Array;
  /** The texts of card c are those from start[c] to start[c + 1]. */
  start: Uint32Array;
  spoken: Uint8Array;
}

/** Numbers the texts of all cards: of each card first what learners say, then its body. */
export function textsOf(documents: readonly Document[]): Texts {
  const card = documents.flatMap(({ spoken, body }, index) => [...spoken, ...body].map(() => index));
  const spoken = documents.flatMap((document) => [...document.spoken.map(() => 1), ...document.body.map(() => 0)]);
  const start = new Uint32Array(documents.length + 1);
  documents.forEach(({ spoken, body }, index) => {
    start[index + 1] = (start[index] ?? 0) + spoken.length + body.length;
  });
  return { card: Uint16Array.from(card), start, spoken: Uint8Array.from(spoken) };
}
