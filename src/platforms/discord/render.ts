import { createHash } from "node:crypto";
import type { APIComponentInContainer, RESTPostAPIChannelMessageJSONBody } from "discord.js";
import type { Block, Control, Reply } from "../../core/reply.ts";
import { drawControls } from "./controls.ts";
import { accent, flags, limits } from "./limits.ts";
import { fitPieces, type Piece, pieceOf } from "./pieces.ts";
import { cut, visible } from "./safe.ts";

/** A file that goes along with a message. */
export interface OutFile {
  name: string;
  data: Buffer;
  contentType: string;
}

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

/** Draws a reply as one message of Components V2, within every limit. Throws when a control's id is too long. */
export function render(reply: Reply, look: Look = {}): Payload {
  const parts = partsOf(reply.blocks);
  const files: OutFile[] = [];
  const notes: string[] = [];
  const attach = (name: string, data: Buffer, contentType: string): string | null => {
    if (data.length > (look.fileBytes ?? limits.fileBytes)) {
      notes.push(`_${name} is too large for Discord, so it is left out._`);
      return null;
    }
    if (files.length >= limits.files) {
      notes.push(`_${name} is left out: a message holds at most ${limits.files} files._`);
      return null;
    }
    const unique = uniqueName(name, files);
    files.push({ name: unique, data, contentType });
    return unique;
  };
  const alts = new Map<string, string>();
  const media = new Map<Block, APIComponentInContainer>();
  for (const block of reply.blocks) {
    if (block.kind === "picture") {
      const name = attach(block.name, Buffer.from(block.png), "image/png");
      if (!name) notes.push(visible(block.alt));
      else {
        const description = cut(visible(block.alt).trim() || "A picture", limits.altText);
        alts.set(name, description);
        media.set(block, { type: 12, items: [{ media: { url: `attachment://${name}` }, description }] });
      }
    } else if (block.kind === "file") {
      const name = attach(block.name, Buffer.from(block.text.toWellFormed()), "text/plain; charset=utf-8");
      if (name) media.set(block, { type: 13, file: { url: `attachment://${name}` } });
    }
  }
  const fitted = fitPieces(
    [
      ...parts.flatMap(({ pieces }) => pieces),
      ...notes.flatMap((note) => pieceOf({ kind: "text", markdown: note }) ?? []),
    ],
    // Room for the sentence about controls that do not fit.
    limits.text - 120,
  );
  const whole =
    fitted.whole === undefined ? null : attach("answer.txt", Buffer.from(fitted.whole), "text/plain; charset=utf-8");
  const inner = compose(parts, fitted.shown, media);
  if (whole) inner.push({ type: 13, file: { url: `attachment://${whole}` } });
  const { components, asks, left } = drawControls(reply.blocks, limits.components - 1 - inner.length - 1);
  inner.push(...components);
  if (left > 0)
    inner.push({
      type: 10,
      content: `_${left} more ${left === 1 ? "choice does" : "choices do"} not fit here. Type what you want instead._`,
    });
  if (inner.length === 0) inner.push({ type: 10, content: "There is nothing to show." });
  return {
    body: {
      flags: flags.componentsV2,
      components: [
        {
          type: 17,
          accent_color: accent,
          components: inner,
          ...(look.origin !== undefined && { id: originMark(look.origin) }),
        },
      ],
      allowed_mentions: { parse: [] },
      attachments: files.map(({ name }, index) => ({
        id: String(index),
        filename: name,
        ...(alts.has(name) && { description: alts.get(name) ?? "" }),
      })),
    },
    files,
    asks,
  };
}

/** Blocks of one message in order: runs of text, and media between them. */
type Part = { pieces: Piece[]; block?: Block };

function partsOf(blocks: readonly Block[]): Part[] {
  const parts: Part[] = [];
  for (const block of blocks) {
    if (block.kind === "controls") continue;
    if (block.kind === "picture" || block.kind === "file") {
      parts.push({ pieces: [], block });
      continue;
    }
    const piece = pieceOf(block);
    const last = parts.at(-1);
    if (!piece) continue;
    if (last && !last.block) last.pieces.push(piece);
    else parts.push({ pieces: [piece] });
  }
  return parts;
}

/** Puts the fitted texts back between the media; texts that stand together become one text display. */
function compose(parts: readonly Part[], shown: readonly string[], media: ReadonlyMap<Block, APIComponentInContainer>) {
  const inner: APIComponentInContainer[] = [];
  const texts = [...shown];
  const say = (lines: string[]) => {
    if (lines.length > 0) inner.push({ type: 10, content: joinTexts(lines) });
  };
  for (const { pieces, block } of parts) {
    if (block) {
      const one = media.get(block);
      if (one) inner.push(one);
    } else say(texts.splice(0, pieces.length));
  }
  say(texts);
  return inner;
}

/** A heading and a code block bring their own space. */
function joinTexts(texts: readonly string[]): string {
  return texts.reduce(
    (said, next) => `${said}${said.startsWith("## ") && !said.includes("\n") ? "\n" : "\n\n"}${next}`,
  );
}

function uniqueName(name: string, taken: readonly OutFile[]): string {
  const safe = cutName(name.replace(/[^\w.-]+/g, "-").replace(/^[.-]+/, "") || "file.txt");
  for (let at = 1; ; at++) {
    const candidate = at === 1 ? safe : safe.replace(/(\.\w+)?$/, `-${at}$1`);
    if (!taken.some((one) => one.name === candidate)) return candidate;
  }
}

function cutName(name: string): string {
  return name.length <= 80 ? name : name.slice(0, 70) + (/\.\w{1,8}$/.exec(name)?.[0] ?? "");
}

/**
 * The `id` of a message's container: tells by which command word the message was made, without a store.
 * Large enough to stay clear of the small ids that Discord gives to other components.
 */
export function originMark(origin: string): number {
  const word = origin.split(" ")[0] ?? origin;
  return 0x100_0000 + (createHash("sha256").update(word).digest().readUInt32BE(0) % 0x4000_0000);
}
