const symbols = 37;

/** How many different letter triples there are. */
export const gramCount = symbols ** 3;

/**
 * The letter triples of a text, each word with a blank on both sides, as numbers below `gramCount`.
 * They recognise a word in spite of a typo or another ending. Only a-z and 0-9 count as letters.
 */
export function gramsOf(text: string): number[] {
  const grams: number[] = [];
  let a = 0;
  let b = 0;
  for (let at = 0; at <= text.length; at++) {
    const c = symbolOf(at < text.length ? text.charCodeAt(at) : 32);
    if (c === 0 && b === 0) continue;
    if (b !== 0) grams.push((a * symbols + b) * symbols + c);
    a = b;
    b = c;
  }
  return grams;
}

function symbolOf(code: number): number {
  if (code >= 97 && code <= 122) return code - 96;
  if (code >= 48 && code <= 57) return code - 21;
  return 0;
}
