import type { APIComponentInContainer } from "discord.js";
import type { Block } from "../../../core/reply.ts";
import { limits } from "../limits.ts";
import { cut, visible } from "./safe.ts";

/** A file that goes along with a message. */
export interface OutFile {
  name: string;
  data: Buffer;
  contentType: string;
  /** The alternative text of a picture. */
  description?: string;
}

/** Collects the files of one message. `most`: bytes of one file. */
export function createAttachments(most: number) {
  const files: OutFile[] = [];
  /** What had to be left out, in words. */
  const notes: string[] = [];

  const attach = (file: OutFile): string | null => {
    if (file.data.length > most) {
      notes.push(`_${file.name} is too large for Discord, so it is left out._`);
      return null;
    }
    // One place is kept for the whole of an answer that is cut.
    if (files.length >= limits.files - 1 && file.name !== wholeName) {
      notes.push(`_${file.name} is left out: a message holds only so many files._`);
      return null;
    }
    const name = uniqueName(file.name, files);
    files.push({ ...file, name });
    return name;
  };

  return {
    files,
    notes,
    /** The component that shows a picture or a file; null when it is left out. */
    show(block: Extract<Block, { kind: "picture" | "file" }>): APIComponentInContainer | null {
      if (block.kind === "file") {
        return showFile(
          attach({ name: block.name, data: Buffer.from(block.text.toWellFormed()), contentType: plainText }),
        );
      }
      const description = cut(visible(block.alt).trim() || "A picture", limits.altText);
      const name = attach({ name: block.name, data: Buffer.from(block.png), contentType: "image/png", description });
      if (name) return { type: 12, items: [{ media: { url: `attachment://${name}` }, description }] };
      notes.push(block.alt);
      return null;
    },
    /** The component of a file with the whole of a cut answer. */
    showWhole: (text: string) => showFile(attach({ name: wholeName, data: Buffer.from(text), contentType: plainText })),
  };
}

const wholeName = "whole-answer.txt";
const plainText = "text/plain; charset=utf-8";

function showFile(name: string | null): APIComponentInContainer | null {
  return name ? { type: 13, file: { url: `attachment://${name}` } } : null;
}

function uniqueName(name: string, taken: readonly OutFile[]): string {
  const safe = shortName(name.replace(/[^\w.-]+/g, "-").replace(/^[.-]+/, "") || "file.txt");
  for (let at = 1; ; at++) {
    const candidate = at === 1 ? safe : safe.replace(/(\.\w+)?$/, `-${at}$1`);
    if (!taken.some((one) => one.name === candidate)) return candidate;
  }
}

function shortName(name: string): string {
  return name.length <= 80 ? name : name.slice(0, 70) + (/\.\w{1,8}$/.exec(name)?.[0] ?? "");
}
