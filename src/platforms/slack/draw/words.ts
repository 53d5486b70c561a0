import { drawnOnce } from "../../../core/drawn-once.ts";
import type { Block, Reply, StepState } from "../../../core/reply.ts";
import { toPlain } from "./mrkdwn.ts";
import { visible } from "./visible.ts";

/** A step's state in words. */
export const stepWords: Record<StepState, string> = {
  waiting: "Waiting",
  running: "Running now",
  done: "Done",
  failed: "Failed",
};

/** What a reply says first, as plain words that are literal in mrkdwn: for notifications and screen readers. */
export function describe(reply: Reply): string {
  return reply.blocks.flatMap(describeBlock).join("\n").trim() || "Bakehouse has an answer.";
}

const plainOf = drawnOnce((block: Extract<Block, { kind: "text" }>) => [toPlain(block.markdown)]);

function describeBlock(block: Block): string[] {
  switch (block.kind) {
    case "heading":
      return [toPlain(block.text)];
    case "text":
      return plainOf(block);
    case "fields":
      return block.fields.map(({ name, value }) => toPlain(`${name}: ${value}`));
    case "steps":
      return block.steps.map(({ title, state }) => toPlain(`${stepWords[state]}: ${title}`));
    case "picture":
      return [toPlain(block.alt)];
    case "code":
      return [toPlain(block.source)];
    case "file":
      return [toPlain(`File ${block.name}`)];
    case "controls":
      return [];
  }
}

/** Everything a reply says, for the file of one that had to be cut. */
export function whole(reply: Reply): string {
  return reply.blocks
    .map(wholeBlock)
    .filter((part) => part.trim())
    .map(visible)
    .join("\n\n");
}

function wholeBlock(block: Block): string {
  switch (block.kind) {
    case "heading":
      return `${block.text}\n${"=".repeat(Math.min(60, block.text.length))}`;
    case "text":
      return block.markdown;
    case "code":
      return block.source;
    case "fields":
      return block.fields.map(({ name, value }) => `${name}: ${value}`).join("\n");
    case "steps":
      return block.steps
        .map(({ title, state, detail }) => `[${stepWords[state]}] ${title}${detail ? `: ${detail}` : ""}`)
        .join("\n");
    case "picture":
      return `[Picture: ${block.alt}]`;
    case "file":
      return block.text;
    case "controls":
      return "";
  }
}
