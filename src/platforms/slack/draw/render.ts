import { randomBytes } from "node:crypto";
import type { KnownBlock } from "@slack/types";
import { drawnOnce } from "../../../core/drawn-once.ts";
import type { Block, Reply, Step } from "../../../core/reply.ts";
import { limits } from "../limits.ts";
import { toMrkdwn } from "./mrkdwn.ts";
import { renderControls } from "./render-controls.ts";
import { shorten, visible } from "./visible.ts";
import { describe, stepWords, whole } from "./words.ts";

/** Something that is uploaded beside a message. */
export interface Attachment {
  name: string;
  content: Uint8Array;
  /** Set on pictures. */
  alt?: string;
}

/** A reply as Slack shows it. `text` is what notifications and screen readers get. */
export interface Drawing {
  text: string;
  blocks: KnownBlock[];
  /** The same as JSON, which the client library takes too and need not read through. */
  json: string;
  attachments: Attachment[];
}

/** What may be left out of a drawing. */
export interface Look {
  /** A streamed plan shows the steps and, as its title, the heading already. */
  underPlan?: boolean;
  /** The home tab takes more blocks and no files. */
  most?: number;
}

const cutSentence = "_It was too long for one message and is cut here. The whole text is in the attached file._";

/** Draws a reply for a new message, see {@link renderAnew}; the same reply is drawn once. */
export const render = drawnOnce((reply: Reply) => renderAnew(reply));

/**
 * Draws a reply within every limit of Slack. What does not fit is cut with a sentence that says so, and attached as a file. Slack's clients
 * keep a block whose id stays the same when its message is changed, so every drawing has ids of its own.
 */
export function renderAnew(reply: Reply, look: Look = {}): Drawing {
  const most = look.most ?? limits.blocks;
  const attachments: Attachment[] = [];
  const parts: Part[] = [];
  let controls = 0;
  for (const block of reply.blocks) {
    if (block.kind === "controls") {
      const left = block.controls.slice(0, Math.max(0, limits.controls - controls));
      parts.push({ blocks: renderControls(left, controls), fixed: true });
      controls += left.length;
      continue;
    }
    if (look.underPlan && (block.kind === "steps" || block.kind === "heading")) continue;
    parts.push({ blocks: drawBlock(block, attachments), fixed: false });
  }
  const { blocks, json, cut } = arrange(parts, most);
  const text = shorten(describe(reply), limits.text).replace(/&[a-z]{0,4}…$/, "…");
  if (cut) attachments.push({ name: "reply.txt", content: Buffer.from(whole(reply)) });
  return { text, blocks, json, attachments };
}

type Part = { blocks: KnownBlock[]; fixed: boolean };

/** The blocks with their ids, and whether something had to be left out. */
function arrange(parts: Part[], most: number): Pick<Drawing, "blocks" | "json"> & { cut: boolean } {
  const all = numbered(parts.flatMap(({ blocks }) => blocks));
  const json = JSON.stringify(all);
  const controls = parts.filter(({ fixed }) => fixed).flatMap(({ blocks }) => blocks);
  if (all.length < most && json.length <= limits.blocksJson && costOf(controls) <= limits.controlsJson)
    return { blocks: all, json, cut: false };
  const { blocks: kept, cut } = fitBlocks(parts, most);
  const blocks = numbered(kept);
  return { blocks, json: JSON.stringify(blocks), cut };
}

/** Keeps the controls and as much of the rest, in order, as there is room for. */
function fitBlocks(parts: Part[], most: number): { blocks: KnownBlock[]; cut: boolean } {
  const budget = { characters: limits.blocksJson - cost(section(cutSentence)) - 2, places: most - 1 };
  const kept = new Set<KnownBlock>();
  /** What it costs to keep the block, 0 when there is no room for it. */
  const take = (block: KnownBlock, room: number) => {
    const characters = cost(block);
    if (characters > room || budget.places <= 0) return 0;
    budget.characters -= characters;
    budget.places--;
    kept.add(block);
    return characters;
  };
  let controls: number = limits.controlsJson;
  for (const block of parts.filter(({ fixed }) => fixed).flatMap(({ blocks }) => blocks)) {
    controls -= take(block, controls);
  }
  let cut = false;
  const blocks = parts.flatMap((part) =>
    part.blocks.flatMap((block) => {
      if (part.fixed) return kept.has(block) ? [block] : [];
      if (cut) return [];
      if (take(block, budget.characters)) return [block];
      cut = true;
      return [section(cutSentence)];
    }),
  );
  return { blocks, cut };
}

/** Characters of a block in the message, its id included. */
const cost = (block: KnownBlock) => JSON.stringify(block).length + idCost;

const costOf = (blocks: readonly KnownBlock[]) => blocks.reduce((sum, block) => sum + cost(block), 0);

/** Room for `"block_id":"…",` in every block. */
const idCost = 30;

function numbered(blocks: KnownBlock[]): KnownBlock[] {
  const prefix = randomBytes(4).toString("hex");
  return blocks.map((block, index) => ({ ...block, block_id: `${prefix}-${index}` }));
}

const sectionsOf = drawnOnce((block: Extract<Block, { kind: "text" }>) => sections(toMrkdwn(block.markdown)));

function drawBlock(block: Exclude<Block, { kind: "controls" }>, attachments: Attachment[]): KnownBlock[] {
  switch (block.kind) {
    case "heading": {
      const text = shorten(visible(block.text).replace(/\s+/g, " ").trim(), limits.header);
      return text ? [{ type: "header", text: { type: "plain_text", text, emoji: false } }] : [];
    }
    case "text":
      return sectionsOf(block);
    case "code":
      return drawCode(block.source, attachments);
    case "fields":
      return sections(
        block.fields.map(({ name, value }) => toMrkdwn(`**${name.replaceAll("*", "")}:** ${value}`)).join("\n"),
      );
    case "steps":
      return sections(block.steps.map(drawStep).join("\n"));
    case "picture":
      attachments.push({ name: block.name, content: block.png, alt: shorten(visible(block.alt), limits.altText) });
      // The file comes below the message; its words stand where the picture belongs.
      return sections(toMrkdwn(`_Picture: ${block.alt.replaceAll("_", " ")}_`));
    case "file":
      attachments.push({ name: block.name, content: Buffer.from(block.text) });
      return sections(toMrkdwn(`The file \`${block.name.replaceAll("`", "'")}\` is below.`));
  }
}

function drawCode(source: string, attachments: Attachment[]): KnownBlock[] {
  const shown = visible(source).trimEnd();
  if (!shown) return [];
  if (shown.length <= limits.code) return [preformatted(shown)];
  const name = `output-${attachments.length + 1}.txt`;
  attachments.push({ name, content: Buffer.from(shown) });
  const lines = shown.slice(0, limits.code).toWellFormed().split("\n");
  const kept = lines.length > 1 ? lines.slice(0, -1).join("\n") : (lines[0] ?? "");
  return [preformatted(kept || shown.slice(0, 200)), section(`_The rest is in the attached file ${name}._`)];
}

function drawStep({ title, state, detail }: Step): string {
  return toMrkdwn(`- **${stepWords[state]}:** ${title}${detail ? ` (${detail})` : ""}`);
}

function preformatted(text: string): KnownBlock {
  return { type: "rich_text", elements: [{ type: "rich_text_preformatted", elements: [{ type: "text", text }] }] };
}

function section(text: string): KnownBlock {
  return { type: "section", text: { type: "mrkdwn", text }, expand: true };
}

/** Sections of mrkdwn, split at line ends where one would be too long. */
function sections(text: string): KnownBlock[] {
  const parts: string[] = [];
  let part = "";
  for (const line of text.split("\n").flatMap(pieces)) {
    if (part && part.length + line.length + 1 > limits.section) {
      parts.push(part);
      part = "";
    }
    part = part ? `${part}\n${line}` : line;
  }
  if (part) parts.push(part);
  return parts.filter((one) => one.trim()).map(section);
}

/** A line in pieces that fit into a section, cut between words where that is possible, never inside an entity, a link or a character. */
function pieces(line: string): string[] {
  const found: string[] = [];
  let rest = line;
  while (rest.length > limits.section) {
    const window = rest.slice(0, limits.section);
    const space = window.lastIndexOf(" ");
    const open = window.lastIndexOf("<");
    const inLink = open > window.lastIndexOf(">");
    const entity = /&[a-z]{0,4}$/.exec(window)?.index;
    let at = inLink && open > 0 ? open : space > limits.section / 2 ? space : (entity ?? limits.section);
    if (/[\ud800-\udbff]/.test(rest.charAt(at - 1))) at--;
    found.push(rest.slice(0, at).trimEnd());
    rest = rest.slice(at).trimStart();
  }
  return [...found, rest];
}
