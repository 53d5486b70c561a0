import type { Shown, Table } from "./table.ts";

/** What differs from evening to evening, and what stands in the transcript for it. */
const masks: [RegExp, string][] = [
  // biome-ignore lint/suspicious/noControlCharactersInRegex: Discord colours output with escape sequences.
  [/\u001b\[[\d;]*m/g, ""],
  [/sha256:[0-9a-f]{12,64}/g, "sha256:…"],
  [/\b(?=[0-9a-f]*\d)[0-9a-f]{12,64}\b/g, "0123456789ab"],
  [/<t:\d+:\w>/g, "12:00"],
  [/\b\d\d:\d\d(:\d\d)?( UTC)?\b/g, "12:00"],
  [/\b\d+(\.\d+)? ?(B|[kKM]i?B)\b/g, "1 MB"],
  [/\b(Up|Exited \(\d+\)) (Less than a second|About a minute|\d+ (seconds?|minutes?))( ago)?/g, "$1 a moment$4"],
  [/\b(Less than a second|About a minute|\d+ (seconds?|minutes?)) ago/g, "a moment ago"],
  [/\b\d+(\.\d+)? (ms|s)\b/g, "1 s"],
  [/\b\d{4}-\d\d-\d\d\b/g, "2026-01-06"],
  [
    /\b\d{1,2} (?:January|February|March|April|May|June|July|August|September|October|November|December) \d{4}\b/g,
    "6 January 2026",
  ],
  // Columns are as wide as what was masked in them.
  [/(?<=\S) {3,}(?=\S)/g, "   "],
];

/** Sandboxes are offered as soon as their image is ready, which some evenings is before the first question. */
const isCertain = (label: string) => label !== "Try it";

function masked(text: string): string {
  return masks.reduce((shown, [pattern, instead]) => shown.replace(pattern, instead), text);
}

/** What an evening left behind, as Markdown that a person would like to read. */
export function createTranscript(table: Table, about: string) {
  const parts = [`# An evening in the study channel on ${table.name}`, about];
  /** Shown letter → its place among the sorted options, for the question that is open. */
  let letters = new Map<string, string>();

  /** A quiz shows options in an order drawn by chance; here they stand in alphabetical order. */
  function sorted(text: string): string {
    if (!/Question \d+ of/.test(text)) return text;
    const option = /^[*_ ]*([A-E])(?:\. Correct:|\.)[*_ ]*(.+)$/;
    const lines = text.split("\n");
    const entries: { letter: string; words: string; lines: string[] }[] = [];
    const from = lines.findIndex((line) => option.test(line));
    let at = from;
    for (; at >= 0 && at < lines.length && (lines[at] || !isLast(entries, text)); at += 1) {
      const line = lines[at] ?? "";
      const [, letter, words] = option.exec(line) ?? [];
      if (letter && words) entries.push({ letter, words, lines: [line] });
      else if (line) entries.at(-1)?.lines.push(line);
    }
    if (entries.length < 2) return text;
    const order = entries.toSorted((a, b) => (a.words < b.words ? -1 : 1));
    letters = new Map(order.map(({ letter }, place) => [letter, "ABCDE"[place] ?? letter]));
    const shown = order.flatMap((one) => [
      one.lines[0]?.replace(one.letter, letters.get(one.letter) ?? one.letter) ?? "",
      ...one.lines.slice(1),
    ]);
    return [...lines.slice(0, from), ...shown, ...lines.slice(at)].join("\n");
  }

  /** Whether these are all options that the text shows. */
  const isLast = (entries: unknown[], text: string) =>
    entries.length === [...text.matchAll(/^[*_ ]*[A-E]\.(?: Correct:)?[*_ ]/gm)].length;

  const quote = (text: string) =>
    text
      .split("\n")
      .map((line) => (line ? `> ${line}` : ">"))
      .join("\n");

  return {
    heading: (title: string) => void parts.push(`## ${title}`),
    note: (words: string) => void parts.push(`_${words}_`),
    did: (who: string, deed: string) => void parts.push(`**${who}** ${deed}`),
    /** Adds a message of the bot's as it stands now. */
    shown(who: string, { text, buttons, pictures, files, private: hidden }: Shown) {
      const lines = [
        masked(sorted(text)),
        ...pictures.map((alt) => `🖼 ${masked(alt)}`),
        ...files.filter((name) => !/\.(png|jpe?g|gif)$/.test(name)).map((name) => `📎 ${name}`),
        buttons.length > 0 &&
          buttons
            .filter(isCertain)
            .map((label) => `[${label}]`)
            .join(" "),
      ];
      parts.push(
        `${hidden ? `Bakehouse, only to ${who}:` : "Bakehouse:"}\n\n${quote(lines.filter(Boolean).join("\n\n"))}`,
      );
    },
    letter: (shown: string) => letters.get(shown) ?? shown,
    text: () => `${parts.join("\n\n")}\n`,
  };
}

export type Transcript = ReturnType<typeof createTranscript>;
