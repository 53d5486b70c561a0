/** The words of a shell line: quotes are taken off, a backslash at the end of a line joins it with the next. At most 200 words. */
export function shellWords(line: string): string[] {
  const words: string[] = [];
  const pattern = /(?:"((?:[^"\\]|\\.)*)"|'([^']*)'|(\\.)|([^\s"'\\]+))|(\s+)/gsu;
  let word: string | undefined;
  for (const [, double, single, escaped, plain, space] of line.replace(/\\\r?\n/g, " ").matchAll(pattern)) {
    if (space !== undefined) {
      if (word !== undefined) words.push(word);
      word = undefined;
      if (words.length >= 200) break;
      continue;
    }
    word = (word ?? "") + (double ?? single ?? escaped?.slice(1) ?? plain ?? "");
  }
  if (word !== undefined) words.push(word);
  return words;
}
