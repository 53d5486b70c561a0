/** One typed command of a console block and what must be observed after it. */
export interface TranscriptStep {
  /** The command without its prompt; continuation lines (`> `) are joined by newlines. */
  command: string;
  /** Expected output lines; empty means that anything may be printed. */
  expected: string[];
  /** 1-based line of the command, counted from the start of the block. */
  line: number;
}

/** Named placeholders seen so far, for example `{ada-id}` → `3f2c…`. */
export type Bindings = Map<string, string>;

const placeholder = /(?<!\{)\{([a-z][a-z0-9-]*)\}(?!\})/g;

/** Splits the text of a `console` block into steps. Lines before the first prompt are an error. */
export function parseTranscript(source: string): TranscriptStep[] {
  const steps: TranscriptStep[] = [];
  source.split("\n").forEach((text, index) => {
    const current = steps.at(-1);
    if (text.startsWith("$ ")) steps.push({ command: text.slice(2), expected: [], line: index + 1 });
    else if (!current) {
      if (text.trim()) throw new Error(`line ${index + 1}: a console block starts with a line that begins with "$ "`);
    } else if (/^> ?/.test(text) && current.expected.length === 0) current.command += `\n${text.replace(/^> ?/, "")}`;
    else current.expected.push(text.trimEnd());
  });
  for (const step of steps) while (step.expected.at(-1) === "") step.expected.pop();
  return steps;
}

/** Replaces known placeholders of a command by what they were bound to. */
export function fillPlaceholders(command: string, bindings: Bindings): string {
  return command.replace(placeholder, (whole, name: string) => bindings.get(name) ?? whole);
}

/** A console block for readers: a placeholder `{ada-id}` stands there as `<ada-id>`, the way manuals write it. */
export function showPlaceholders(source: string): string {
  return source.replace(placeholder, "<$1>");
}

/**
 * Compares what was observed with what a step expects and binds new placeholders.
 * Returns null when it matches, else one line that names the first difference.
 */
export function compareOutput(expected: string[], observed: string, bindings: Bindings): string | null {
  if (expected.length === 0) return null;
  const lines = observed.split("\n").map((line) => line.trimEnd());
  while (lines.at(-1) === "") lines.pop();
  const trial: Bindings = new Map(bindings);
  const failed = matchLines(expected, lines, trial);
  if (failed) return failed;
  for (const [name, value] of trial) bindings.set(name, value);
  return null;
}

function matchLines(expected: string[], lines: string[], bindings: Bindings): string | null {
  let at = 0;
  for (let index = 0; index < expected.length; index++) {
    const want = expected[index] ?? "";
    if (want === "…") {
      const rest = expected.slice(index + 1);
      for (let skip = at; skip <= lines.length; skip++) {
        const trial: Bindings = new Map(bindings);
        if (matchLines(rest, lines.slice(skip), trial) === null) {
          for (const [name, value] of trial) bindings.set(name, value);
          return null;
        }
      }
      return `after "…" expected ${JSON.stringify(rest[0] ?? "")}, which did not come`;
    }
    const got = lines[at++];
    if (got === undefined) return `expected ${JSON.stringify(want)}, but the output ended`;
    if (!matchLine(want, got, bindings)) return `expected ${JSON.stringify(want)}, observed ${JSON.stringify(got)}`;
  }
  return at < lines.length ? `unexpected line ${JSON.stringify(lines[at])}` : null;
}

function matchLine(want: string, got: string, bindings: Bindings): boolean {
  const names: string[] = [];
  const source = want
    .split(/(…|(?<!\{)\{[a-z][a-z0-9-]*\}(?!\}))/)
    .map((part) => {
      if (part === "…") return ".*?";
      const name = /^\{([a-z][a-z0-9-]*)\}$/.exec(part)?.[1];
      if (name === undefined) return RegExp.escape(part).replace(/(?:\\x20| )+/g, " +");
      const bound = bindings.get(name);
      if (bound !== undefined) return RegExp.escape(bound);
      if (names.includes(name)) return `\\k<p${names.indexOf(name)}>`;
      names.push(name);
      return `(?<p${names.length - 1}>\\S+)`;
    })
    .join("");
  const match = new RegExp(`^${source}$`).exec(got);
  if (!match) return false;
  names.forEach((name, index) => {
    bindings.set(name, match.groups?.[`p${index}`] ?? "");
  });
  return true;
}
