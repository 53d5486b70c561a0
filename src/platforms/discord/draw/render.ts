import { createHash } from "node:crypto";
import type { APIComponentInContainer, RESTPostAPIChannelMessageJSONBody } from "discord.js";
import type { Block, Control, Reply } from "../../../core/reply.ts";
import { accent, flags, limits } from "../limits.ts";
import { createAttachments, type OutFile } from "./attachments.ts";
import { drawControls } from "./controls.ts";
import { fitPieces, type Piece, pieceOf } from "./pieces.ts";

/** A message as Discord takes it, to create or to edit; `attachments` always names all files that are kept. */
export interface Payload {
  body: Pick<RESTPostAPIChannelMessageJSONBody, "components" | "allowed_mentions"> & {
    flags: number;
    attachments: { id: string; filename: string; description?: string }[];
  };
  files: OutFile[];
  /** The controls that open a modal, for their titles. */
  asks: { id: string; control: Extract<Control, { kind: "ask" }> }[];
}

/** How a reply is drawn. */
export interface Look {
  /** The command that made the reply; it travels along so that a later press can tell whether it goes on with it. */
  origin?: string;
  /** Largest file, in bytes. */
  fileBytes?: number;
}

/** Room for the sentence about controls that do not fit, in characters. */
const spare = 120;

/** Draws a reply as one message of Components V2, within every limit. Throws when a control's id is too long. */
export function render(reply: Reply, look: Look = {}): Payload {
  const attached = createAttachments(look.fileBytes ?? limits.fileBytes);
  const parts = partsOf(reply.blocks, attached.show);
  const notes = attached.notes.flatMap((note) => pieceOf({ kind: "text", markdown: note }) ?? []);
  const fitted = fitPieces([...parts.flatMap(({ pieces }) => pieces), ...notes], limits.text - spare);
  const inner = compose(parts, fitted.shown);
  const whole = fitted.whole === undefined ? null : attached.showWhole(fitted.whole);
  if (whole) inner.push(whole);
  const { components, asks, left } = drawControls(reply.blocks, limits.components - inner.length - 2);
  inner.push(...components);
  if (left > 0) inner.push({ type: 10, content: leftOut(left) });
  if (inner.length === 0) inner.push({ type: 10, content: "There is nothing to show." });
  const mark = look.origin === undefined ? {} : { id: originMark(look.origin) };
  return {
    body: {
      flags: flags.componentsV2,
      components: [{ type: 17, accent_color: accent, components: inner, ...mark }],
      allowed_mentions: { parse: [] },
      attachments: attached.files.map(({ name, description }, index) => ({
        id: String(index),
        filename: name,
        ...(description !== undefined && { description }),
      })),
    },
    files: attached.files,
    asks,
  };
}

/** Blocks of one message in order: runs of text, and media between them. */
interface Part {
  pieces: Piece[];
  media?: APIComponentInContainer;
}

type ShowMedia = (block: Extract<Block, { kind: "picture" | "file" }>) => APIComponentInContainer | null;

function partsOf(blocks: readonly Block[], show: ShowMedia): Part[] {
  const parts: Part[] = [];
  for (const block of blocks) {
    if (block.kind === "controls") continue;
    if (block.kind === "picture" || block.kind === "file") {
      const media = show(block);
      if (media) parts.push({ pieces: [], media });
      continue;
    }
    const piece = pieceOf(block);
    const last = parts.at(-1);
    if (!piece) continue;
    if (last && !last.media) last.pieces.push(piece);
    else parts.push({ pieces: [piece] });
  }
  return parts;
}

/** Puts the fitted texts back between the media; texts that stand together become one text display. */
function compose(parts: readonly Part[], shown: readonly string[]): APIComponentInContainer[] {
  const inner: APIComponentInContainer[] = [];
  const texts = [...shown];
  const say = (lines: string[]) => {
    if (lines.length > 0) inner.push({ type: 10, content: joinTexts(lines) });
  };
  for (const { pieces, media } of parts) {
    if (media) inner.push(media);
    else say(texts.splice(0, pieces.length));
  }
  say(texts);
  return inner;
}

/** A heading brings its own space. */
function joinTexts(texts: readonly string[]): string {
  return texts.reduce((said, next) => `${said}${/(?:^|\n)## [^\n]*$/.test(said) ? "\n" : "\n\n"}${next}`);
}

function leftOut(count: number): string {
  return `_${count} more ${count === 1 ? "choice does" : "choices do"} not fit here. Type what you want instead._`;
}

/**
 * The `id` of a message's container: tells by which command word the message was made, without a store.
 * Large enough to stay clear of the small ids that Discord gives to other components.
 */
export function originMark(origin: string): number {
  const word = origin.split(" ")[0] ?? origin;
  return 0x100_0000 + (createHash("sha256").update(word).digest().readUInt32BE(0) % 0x4000_0000);
}
