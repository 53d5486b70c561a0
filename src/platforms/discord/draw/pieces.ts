import { drawnOnce } from "../../../core/drawn-once.ts";
import type { Block, Step } from "../../../core/reply.ts";
import { limits } from "../limits.ts";
import { ansi, cut, headline, prose, unfenced, visible } from "./safe.ts";

/** A part of a message's text: as Discord shows it, as a file would hold it, and shortened. */
export interface Piece {
  shown: string;
  plain: string;
  /** The same with at most `length` characters of `shown`, or nothing when that is too few. */
  shorten(length: number): string;
}

type TextBlock = Exclude<Block, { kind: "picture" | "file" | "controls" }>;

/** Draws a block of text; null when there is nothing to see in it. */
export function pieceOf(block: TextBlock): Piece | null {
  return block.kind === "text" || block.kind === "code" ? pieceIn(block).piece : drawPiece(block);
}

const pieceIn = drawnOnce((block: TextBlock) => ({ piece: drawPiece(block) }));

function drawPiece(block: TextBlock): Piece | null {
  switch (block.kind) {
    case "heading":
      return prosePiece(headline(block.text), block.text, "## ");
    case "text":
      return prosePiece(prose(block.markdown), block.markdown);
    case "code":
      return codePiece(block.language, block.source);
    case "fields":
      return prosePiece(
        block.fields.map(({ name, value }) => `**${headline(name)}:** ${prose(value)}`).join("\n"),
        block.fields.map(({ name, value }) => `${name}: ${value}`).join("\n"),
      );
    case "steps":
      return prosePiece(
        block.steps.map((step, index) => drawStep(step, index, prose)).join("\n"),
        block.steps.map((step, index) => drawStep(step, index, visible)).join("\n"),
      );
  }
}

const stepWords: Record<Step["state"], string> = { waiting: "waiting", running: "now", done: "done", failed: "failed" };

function drawStep({ title, state, detail }: Step, index: number, draw: (text: string) => string): string {
  return `${index + 1}. ${draw(title)}: **${stepWords[state]}**${detail ? `, ${draw(detail)}` : ""}`;
}

function prosePiece(shown: string, plain: string, mark = ""): Piece | null {
  if (!shown.trim()) return null;
  return {
    shown: mark + shown,
    plain: mark + visible(plain),
    shorten: (length) => shortenProse(mark + shown, length),
  };
}

/** Cuts between lines or words, so that no mark-up is left open: what is open at the cut is dropped. */
function shortenProse(text: string, length: number): string {
  if (text.length <= length) return text;
  const head = cut(text, Math.max(1, length));
  const end = Math.max(head.lastIndexOf("\n"), head.lastIndexOf(" "));
  const whole = end > length / 2 ? head.slice(0, end) : head.slice(0, -1);
  const open = openMark(whole);
  return `${(open < 0 ? whole : whole.slice(0, open)).trimEnd()}…`;
}

/** Where the first mark begins that a cut text leaves open; -1 when there is none. */
function openMark(text: string): number {
  for (const sign of ["`", "**"]) if ((text.split(sign).length - 1) % 2 === 1) return text.lastIndexOf(sign);
  const closed = text.lastIndexOf("]");
  const open = text.indexOf("[", closed + 1);
  if (open >= 0) return open;
  // A link's label is there, and its address is not.
  const rest = text.slice(closed + 1);
  const half = closed >= 0 && (rest === "" || (rest.startsWith("(") && !rest.includes(")")));
  return half ? text.indexOf("[", text.lastIndexOf("]", closed - 1) + 1) : -1;
}

const fences: Record<Extract<Block, { kind: "code" }>["language"], string> = {
  console: "ansi",
  dockerfile: "dockerfile",
  json: "json",
  text: "",
  sh: "sh",
  yaml: "yaml",
};

function codePiece(language: keyof typeof fences, source: string): Piece | null {
  const trimmed = source.replace(/^\n+/, "").trimEnd();
  if (!visible(trimmed).trim()) return null;
  const draw = language === "console" ? ansi : unfenced;
  const fence = (text: string) => `\`\`\`${fences[language]}\n${text}\n\`\`\``;
  return {
    shown: fence(draw(trimmed)),
    plain: visible(trimmed),
    shorten(length) {
      // Drawing makes text longer, so the source is cut until what is drawn fits.
      for (let room = length; room > 20; room = Math.floor(room * 0.9)) {
        const part = cut(trimmed, room);
        const shown = fence(draw(part.slice(0, Math.max(part.lastIndexOf("\n"), room / 2))));
        if (shown.length <= length) return shown;
      }
      return "";
    },
  };
}

const cutNote = "_Cut here, because Discord shows no more. The whole answer is in the file below._";

/**
 * Lets pieces fit into one message: what comes after the limit is cut, and `whole` is everything as a text file.
 * `room`: characters for all pieces together.
 */
export function fitPieces(pieces: readonly Piece[], room: number = limits.text): { shown: string[]; whole?: string } {
  const total = pieces.reduce((sum, { shown }) => sum + shown.length + gapLength, 0);
  if (total <= room) return { shown: pieces.map(({ shown }) => shown) };
  const shown: string[] = [];
  let left = room - cutNote.length - gapLength;
  for (const piece of pieces) {
    const part = piece.shown.length + gapLength <= left ? piece.shown : piece.shorten(left - gapLength);
    if (part) shown.push(part);
    left -= part.length + gapLength;
    if (part !== piece.shown) break;
  }
  return { shown: [...shown, cutNote], whole: `${pieces.map(({ plain }) => plain).join("\n\n")}\n` };
}

/** Pieces in one text display are set apart by this many characters at most. */
const gapLength = 2;
