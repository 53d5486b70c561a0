import type { ValueKind } from "../curriculum/placeholders.ts";

/** What a learner named of their own things. */
export type Values = Partial<Record<ValueKind, string>>;

const name = "([A-Za-z0-9][A-Za-z0-9_.-]{0,62})";
const quoted = `[\`'"]?${name}[\`'"]?`;

/** How people name their things in a sentence; the first pattern of a kind that fits counts. */
const patterns: readonly (readonly [ValueKind, RegExp])[] = [
  ["container", new RegExp(`\\bcontainers? (?:is )?(?:called|named|name) ${quoted}`, "i")],
  ["container", new RegExp(`--name[= ]${quoted}`)],
  [
    "container",
    new RegExp(
      `\\bdocker (?:container )?(?:stop|start|restart|kill|rm|logs|inspect|exec|attach|top|stats)(?: -{1,2}[a-z]+)* ${quoted}`,
    ),
  ],
  ["container", new RegExp(`\\bmy container [\`'"]${name}[\`'"]`, "i")],
  ["image", /\bimages? (?:is )?(?:called|named) [`'"]?([a-z0-9][\w./-]{0,80}(?::[\w.-]{1,40})?)/i],
  ["image", /\bdocker (?:pull|push|rmi|history) ([a-z0-9][\w./-]{0,80}(?::[\w.-]{1,40})?)/],
  ["volume", new RegExp(`\\bvolumes? (?:is )?(?:called|named) ${quoted}`, "i")],
  ["volume", new RegExp(`\\bdocker volume (?:rm|inspect|create) ${quoted}`)],
  ["network", new RegExp(`\\bnetworks? (?:is )?(?:called|named) ${quoted}`, "i")],
  ["network", new RegExp(`--net(?:work)?[= ]${quoted}`)],
  ["service", new RegExp(`\\bservices? (?:is )?(?:called|named) ${quoted}`, "i")],
  ["port", /\bport (\d{2,5})\b/i],
  ["port", /(?:^|[\s:])(?:localhost|127\.0\.0\.1|0\.0\.0\.0):(\d{2,5})\b/],
  ["port", /-p[= ](?:[\d.]+:)?(\d{2,5}):\d+/],
];

/** Words that stand where a name could, and are none. */
const noNames = new Set([
  "a",
  "the",
  "it",
  "is",
  "and",
  "or",
  "in",
  "on",
  "to",
  "with",
  "from",
  "that",
  "my",
  "container",
  "image",
  "all",
  "none",
]);

/** Reads what a learner named in a question of up to 4,000 characters. Names are as Docker allows them, at most 63 characters. */
export function readValues(question: string): Values {
  const text = question.slice(0, 4000);
  const values: Values = {};
  for (const [kind, pattern] of patterns) {
    const found = values[kind] === undefined ? pattern.exec(text)?.[1] : undefined;
    if (found && !noNames.has(found.toLowerCase())) values[kind] = found.replace(/[.,:-]+$/, "");
  }
  return values;
}
