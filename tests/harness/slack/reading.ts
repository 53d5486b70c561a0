import type { Json } from "./world.ts";

/** Every label of a message's controls. */
export function labels(blocks: readonly Json[]): string[] {
  return blocks.flatMap((block) =>
    block.type === "actions"
      ? ((block.elements as Json[]) ?? []).map((element) =>
          String(((element.text ?? element.placeholder) as Json | undefined)?.text),
        )
      : [],
  );
}

/** All words a message shows, one line a block. */
export function wordsOf(blocks: readonly Json[]): string {
  const words = (value: unknown): string => {
    if (Array.isArray(value)) return value.map(words).join("");
    if (typeof value !== "object" || value === null) return "";
    const { text, elements, fields, fallback, alt_text: alt } = value as Json;
    return [
      typeof text === "string" ? text : words(text),
      words(elements),
      words(fields),
      typeof fallback === "string" ? fallback : "",
      typeof alt === "string" ? alt : "",
    ].join("");
  };
  return readMrkdwn(blocks.map(words).join("\n"));
}

/** Mrkdwn as a reader sees it: no formatting signs, entities resolved, links and dates by their label. */
export function readMrkdwn(text: string): string {
  return text
    .replace(/<(?:https?:|!date\^)[^<>|]*\|([^<>]*)>/g, "$1")
    .replace(/<(https?:[^<>|]*)>/g, "$1")
    .replace(/(?<![\p{L}\p{N}])([*_])(?=[^\s\u2060])([^*_\n]*[^*_\s])\1(?![\p{L}\p{N}])/gu, "$2")
    .replaceAll("\u2060", "")
    .replaceAll("&lt;", "<")
    .replaceAll("&gt;", ">")
    .replaceAll("&amp;", "&");
}
