import { type Mentioned, mentionSource, showMentions } from "../../../core/mention.ts";
import { showMoments } from "../../../core/moment.ts";

const gap = "\u200b";
const escapeSign = String.fromCharCode(27);
const bell = String.fromCharCode(7);
const escapes = new RegExp(
  `${escapeSign}(?:\\[[0-?]*[ -/]*[@-~]|\\][^${bell}${escapeSign}]*(?:${bell}|${escapeSign}\\\\)?|[@-_])?`,
  "g",
);
/** The only escapes that Discord's `ansi` blocks show: weight, underline, eight colours, eight backgrounds. */
const shownColour = new RegExp(`^${escapeSign}\\[(?:[014]|[34][0-7])?(?:;(?:[014]|[34][0-7]))*m$`);

/** Text without control characters (newline stays), escape sequences, invisible direction marks and lone surrogates. */
export function visible(text: string): string {
  return plain(text.replace(escapes, ""));
}

function plain(text: string): string {
  return text
    .toWellFormed()
    .replace(/\r\n?/g, "\n")
    .replace(/\t/g, "    ")
    .replace(/[^\P{Cc}\n]|[\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]/gu, "");
}

const markup = new RegExp(
  `(\`[^\`\\n]+\`|${mentionSource}|\\[[^\\]\\n]+\\]\\((?:https?|time):[^)\\s]+\\)|https?:\\/\\/[^\\s<>]+)`,
);

/** The small Markdown subset of core, as Discord's Markdown: everything outside of the subset and every mention shows literally. */
export function prose(markdown: string): string {
  const safe = breakFences(visible(markdown))
    .split(markup)
    .map((part, index) => (index % 2 ? verbatim(part) : literally(part)))
    .join("");
  return showMoments(safe, (at) => `<t:${Math.round(at / 1000)}:T> (<t:${Math.round(at / 1000)}:R>)`);
}

/** A masked link whose label is its own address is not drawn as a link, so only the address is shown. */
function verbatim(part: string): string {
  if (mentions.test(part)) return showMentions(part, named);
  const [, label, url] = /^\[([^\]]+)\]\((https?:[^)]+)\)$/.exec(part) ?? [];
  if (label === undefined || url === undefined) return part;
  return label === url ? url : `[${literally(label)}](${url})`;
}

const mentions = new RegExp(`^${mentionSource}$`);

/** Shows a name; `allowed_mentions` keeps it from ringing anybody's bell. An id that is not Discord's shows as its label. */
function named(kind: Mentioned, id: string, label: string): string {
  if (!/^\d+$/.test(id)) return literally(label);
  switch (kind) {
    case "channel":
      return `<#${id}>`;
    case "person":
      return `<@${id}>`;
    case "role":
      return `<@&${id}>`;
  }
}

/** https://discord.com/developers/docs/reference#message-formatting */
function literally(text: string): string {
  return text
    .replace(/<(?=[@#:/]|a:|t:|id:|sound:)/g, `<${gap}`)
    .replace(/@(?=everyone|here)/g, `@${gap}`)
    .replace(/\|\||~~|__/g, (mark) => `\\${mark[0]}\\${mark[1]}`)
    .replace(/^([^\S\n]*)(#{1,3}|-#|>{1,3})(?=\s)/gm, "$1\\$2");
}

/** One line of plain words in a place where Markdown would be read: a heading. */
export function headline(text: string): string {
  return prose(text).replace(/\s+/g, " ").trim();
}

/** Source for a fenced block, with only the colours that Discord shows; commands after `$ ` are coloured when nothing else is. */
export function ansi(source: string): string {
  const kept: string[] = [];
  const marked = source
    .replace(/[\ue000\ue001]/g, "")
    .replace(escapes, (found) => (shownColour.test(found) ? `\ue000${kept.push(found) - 1}\ue001` : ""));
  const clean = breakFences(plain(marked));
  if (kept.length > 0) return clean.replace(/\ue000(\d+)\ue001/g, (_, index) => kept[Number(index)] ?? "");
  return clean.replace(/^\$ .*$/gm, (line) => `${escapeSign}[1;36m${line}${escapeSign}[0m`);
}

/** Source for a fenced block of any other language. */
export function unfenced(source: string): string {
  return breakFences(visible(source));
}

function breakFences(text: string): string {
  return text.replace(/`{3,}/g, (ticks) => [...ticks].join(gap));
}

/** The first `length` characters, ended with `…` where something is missing; never half a character. */
export function cut(text: string, length: number): string {
  if (text.length <= length) return text;
  return `${text.slice(0, length - 1).replace(/[\ud800-\udbff]$/, "")}…`;
}
