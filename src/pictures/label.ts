import { type Face, fontOf } from "./font.ts";

/** A text made to fit: as it is drawn, and as it is said in words. Both end (or begin) with `…` where they were cut. */
export interface Label {
  /** Only characters that the font has; `?` stands for one that it has not. */
  drawn: string;
  /** The same characters as they were given. */
  said: string;
}

export interface Fit {
  face: Face;
  /** Pixels. */
  size: number;
  width: number;
  /** What of a text that is too long is kept; default its start. */
  keep?: "start" | "end";
}

/** Made by the first picture, because every start would wait for it. */
let segmenter: Intl.Segmenter | undefined;
const sign = "…";
/** Longer than any line of a picture. */
const most = 400;
/** Letters under piles of accents are not worth their length. */
const longestGrapheme = 12;
/** Right-to-left text would turn round what stands beside it. */
const rightToLeft = /[\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufeff]/;

/** A text on one line, without control characters, back-tick fences and invisible marks. */
export function cleanText(raw: string): string {
  return raw
    .toWellFormed()
    .normalize("NFC")
    .replace(/[\p{Cc}\p{Zl}\p{Zp}\s]+/gu, " ")
    .replace(/(?!\u200d)\p{Cf}/gu, "")
    .replaceAll("```", "'''")
    .trim();
}

/** Cuts a text to a measured width and to characters that can be drawn. Empty text stays empty. */
export function fitLabel(raw: string, { face, size, width, keep = "start" }: Fit): Label {
  const font = fontOf(face);
  const near = keep === "start" ? raw.slice(0, 2 * most) : raw.slice(-2 * most);
  segmenter ??= new Intl.Segmenter("en", { granularity: "grapheme" });
  const all = [...segmenter.segment(cleanText(near))].map(({ segment }) => ({
    said: segment.length > longestGrapheme ? "?" : segment,
    drawn: isDrawable(segment, font.covers) ? segment : "?",
  }));
  const whole = raw.length <= 2 * most && font.width(join(all, "drawn"), size) <= width;
  if (whole) return { drawn: join(all, "drawn"), said: join(all, "said") };
  const room = width - font.width(sign, size);
  const kept: typeof all = [];
  const from = keep === "start" ? all : all.toReversed();
  let used = 0;
  for (const one of from) {
    used += font.width(one.drawn, size);
    if (used > room) break;
    kept.push(one);
  }
  if (keep === "end") kept.reverse();
  const cut = (which: keyof Label) => (keep === "start" ? join(kept, which) + sign : sign + join(kept, which));
  return { drawn: cut("drawn"), said: cut("said") };
}

function isDrawable(grapheme: string, covers: (point: number) => boolean): boolean {
  const points = [...grapheme];
  return points.length === 1 && !rightToLeft.test(grapheme) && covers(grapheme.codePointAt(0) ?? 0);
}

function join(labels: readonly Label[], which: keyof Label): string {
  return labels.map((label) => label[which]).join("");
}
