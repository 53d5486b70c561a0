import type { Document } from "./documents.ts";

/** Which card each text is of, and whether learners say it or the card does; in the order of the cards. */
export interface Texts {
  card: Uint16Array;
  spoken: Uint8Array;
}

/** Numbers the texts of all cards: of each card first what learners say, then its body. */
export function textsOf(documents: readonly Document[]): Texts {
  const card = documents.flatMap(({ spoken, body }, index) => [...spoken, ...body].map(() => index));
  const spoken = documents.flatMap((document) => [...document.spoken.map(() => 1), ...document.body.map(() => 0)]);
  return { card: Uint16Array.from(card), spoken: Uint8Array.from(spoken) };
}
