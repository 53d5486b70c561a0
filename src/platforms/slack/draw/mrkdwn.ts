import { type Mentioned, mentionSource, showMentions } from "../../../core/mention.ts";
import { showMoments } from "../../../core/moment.ts";
import { shorten, visible } from "./visible.ts";

/** Makes text literal in Slack's mrkdwn. https://docs.slack.dev/messaging/formatting-message-text#escaping */
export function escapeText(text: string): string {
  return text.replaceAll("&", "&amp;").replaceAll("<", "&lt;").replaceAll(">", "&gt;");
}

/** Joins a formatting sign to what follows, so that Slack shows it instead of pairing it up. */
const literal = (sign: string) => `${sign}\u2060`;

/** The reply's small Markdown subset as Slack's mrkdwn: bold, italic, code, links, lists; everything else is literal. */
export function toMrkdwn(markdown: string): string {
  return visible(markdown)
    .split("\n")
    .map((line) => inline(line.replace(/^(\s*)[-*] /, "$1• ").replace(/^\s*#{1,6} +(\S[^\n]*)$/, "**$1**")))
    .join("\n");
}

const markup = new RegExp(
  `(\`[^\`]+\`|${mentionSource}|\\[\\d\\d:\\d\\d:\\d\\d UTC\\]\\(time:\\d{1,12}\\)|\\[[^\\]\\n]+\\]\\(https?:[^)\\s]+\\))`,
);
const mentions = new RegExp(`^${mentionSource}$`);

/** Slack's own form, which shows the name; an id that is not Slack's shows as its label. */
function named(kind: Mentioned, id: string, label: string): string {
  if (kind === "role" || !/^[A-Z0-9]+$/.test(id)) return plain(label);
  return kind === "channel" ? `<#${id}>` : `<@${id}>`;
}

function inline(line: string): string {
  return line
    .split(markup)
    .map((part) => {
      if (/^`[^`]+`$/.test(part)) return escapeText(part);
      const link = /^\[([^\]]+)\]\((https?:[^)\s]+)\)$/.exec(part);
      if (link?.[1] && link[2]) return linked(link[2], link[1]);
      if (mentions.test(part)) return showMentions(part, named);
      if (/^\[[\d:]+ UTC\]\(time:/.test(part))
        return showMoments(part, (at, utc) => `<!date^${Math.round(at / 1000)}^{time_secs}|${utc}>`);
      return emphasised(part);
    })
    .join("");
}

/** A link never fills a section by itself, so that long texts can be split beside it. */
const linkLimits = { url: 2000, label: 300 };

function linked(url: string, label: string): string {
  if (url.length > linkLimits.url) return plain(label);
  const address = url.replaceAll("&", "&amp;").replaceAll("|", "%7C").replaceAll("<", "%3C").replaceAll(">", "%3E");
  return label === url
    ? `<${address}>`
    : `<${address}|${escapeText(shorten(label, linkLimits.label)).replaceAll("|", "¦")}>`;
}

function emphasised(text: string): string {
  return text
    .split(/(\*\*[^*\n]+\*\*)/)
    .map((part) => {
      const bold = /^\*\*([^*\n]+)\*\*$/.exec(part)?.[1];
      if (bold?.trim()) return `*${plain(bold.trim())}*`;
      return italics(part);
    })
    .join("");
}

function italics(text: string): string {
  return text
    .split(/((?<![\p{L}\p{N}])_[^_\n]*[^_\s]_(?![\p{L}\p{N}]))/u)
    .map((part) => (/^_[^_]*[^_\s]_$/.test(part) ? `_${plain(part.slice(1, -1).trimStart())}_` : plain(part)))
    .join("");
}

/** Literal text; signs that could open a format are joined to what follows. */
function plain(text: string): string {
  return escapeText(text).replace(/(?<![\p{L}\p{N}])[*_~`](?=\S)/gu, literal);
}

/** Markdown as plain words, for notifications and screen readers; literal in mrkdwn. */
export function toPlain(markdown: string): string {
  const words = showMentions(visible(markdown), (_kind, _id, label) => label)
    .replace(/\[([^\]\n]+)\]\((?:https?:[^)\s]+|time:\d+)\)/g, "$1")
    .replace(/\*\*([^*\n]+)\*\*/g, "$1")
    .replace(/`([^`\n]+)`/g, "$1");
  return words
    .split("\n")
    .map((line) => plain(line.replace(/^(\s*)[-*] /, "$1• ")))
    .join("\n");
}
