import type { Report } from "./problem.ts";

/** The kinds of things of a learner's own that an answer can speak of. */
export const valueKinds = ["container", "image", "volume", "network", "port", "service"] as const;
export type ValueKind = (typeof valueKinds)[number];

/** `{volume:data}`: what it is, and what is said when the learner named none. `${port}` is the shell's own. */
const placeholder = /(?<![$\w{])\{([a-z]+):([^{}\n]{0,60})\}/g;

/** Puts the learner's own names in; where they named none, what stands after the colon. */
export function fillPlaceholders(text: string, values: Partial<Record<ValueKind, string>> = {}): string {
  return text.replace(placeholder, (whole, kind: string, fallback: string) =>
    isKind(kind) ? (values[kind] ?? fallback) : whole,
  );
}

/** Reports placeholders of kinds that nobody fills. */
export function checkPlaceholders(text: string, line: number, report: Report): void {
  for (const { 1: kind = "", 2: fallback = "" } of text.matchAll(placeholder)) {
    if (!/^[\w./:@-]+$/.test(fallback)) continue;
    if (!isKind(kind)) report(line, `{${kind}:${fallback}} is no placeholder: use ${valueKinds.join(", ")}`);
  }
}

function isKind(kind: string): kind is ValueKind {
  return (valueKinds as readonly string[]).includes(kind);
}
