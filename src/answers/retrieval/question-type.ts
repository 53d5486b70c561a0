/** What a question wants to hear, by its words; the first that fits counts. */
const types: readonly RegExp[] = [
  /\bdifferences?\b|\bversus\b|\bvs\b|\bbetter\b|\bcompared? /,
  /\bhow (?:many|much|big|large|long|often)\b|\bmaximum\b/,
  /\bwhere\b|\blocation\b|\blocated\b|\bwhich (?:folder|directory|path)\b/,
  /\bwhy\b|\bhow come\b|\breason\b|\bnot work|n't\b|\bcannot\b|\bkeeps\b|\berror\b|\bfail/,
  /\bwhat (?:is|are|does|do|happens|exactly|means?)\b|\bmeaning\b|\bstand for\b|\bdefine\b|\bexplain\b|\bpurpose\b/,
  /^(?:(?:so|and|but) )?(?:can|could|is|are|does|do|will|should|may|must|was|has|have|true or false)\b|\b(?:is it|can i|does it|possible|safe|need to|should i|do i)\b/,
  /\bhow\b|\bway to\b/,
];

/** The type of a question as a number from 1 on: a difference, a count, a place, a cause, a meaning, yes or no, a way. 0 when its words do not say. */
export function questionType(question: string): number {
  const text = question.slice(0, longest).toLowerCase();
  return types.findIndex((pattern) => pattern.test(text)) + 1;
}

/** How much of a question is looked at, in characters: what follows is what was pasted. */
const longest = 300;
