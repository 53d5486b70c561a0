const sayError =
  /\b(?:error|err!|failed|failure|fatal|denied|cannot|can't|could not|unable|no such|not found|exception|panic|invalid|refused|unauthorized)\b/i;
const mark = /error response from daemon|error:|err!|failed to|fatal:|exception/gi;
const longest = 180;

/** The line of a paste that tells most: the last one that speaks of an error, at most 180 characters; undefined when none does. */
export function decisiveLine(paste: string): string | undefined {
  const lines = paste
    .split("\n")
    .map((line) => line.replace(/`+/g, "'").replace(/\s+/g, " ").trim())
    .filter((line) => sayError.test(line) && !noise.test(line));
  const line = lines.at(-1);
  if (line === undefined || line.length <= longest) return line;
  // Pasted as one line: what stands at its last mark of an error.
  const from = [...line.matchAll(mark)].at(-1)?.index ?? 0;
  return `${from > 0 ? "…" : ""}${line.slice(from, from + longest).toWellFormed()}…`;
}

/** Lines that follow an error and say nothing about it. */
const noise =
  /run 'docker (?:\w+ )*--help'|see 'docker|a complete log of this run|npm err! (?:a complete|\s{2,}\/)|exit code: \d+$/i;
