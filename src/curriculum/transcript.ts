import type { Bindings } from "./match-line.ts";

/** One typed command of a console block and what must be observed after it. */
export interface TranscriptStep {
  /** The command without its prompt; continuation lines (`> `) are joined by newlines. */
  command: string;
  /** Expected output lines; empty means that anything may be printed. */
  expected: string[];
  /** 1-based line of the command, counted from the start of the block. */
  line: number;
}

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
