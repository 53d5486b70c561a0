import type { styleText } from "node:util";
import wrapAnsi from "wrap-ansi";
import type { Block, Control, Reply, Step } from "../../core/reply.ts";
import { inline, styled } from "./inline.ts";
import { visible } from "./visible.ts";

/** How a reply is drawn. `width` in columns. */
export interface Look {
  width: number;
  colour: boolean;
  /** Turns a picture or a file into a path that is printed. */
  save(name: string, content: Uint8Array | string): string;
}

/** Lines of text and the controls they number, in order. */
export interface Drawing {
  text: string;
  controls: Control[];
}

/** Draws a reply as plain text; controls are numbered in the order of {@link Drawing.controls}, starting at 1. */
export function render(reply: Reply, look: Look): Drawing {
  const drawing: Drawing = { text: "", controls: [] };
  const parts = reply.blocks.map((block) => drawBlock(block, look, drawing.controls)).filter((part) => part !== "");
  drawing.text = parts.join("\n\n");
  if (reply.audience === "asker" && look.colour)
    drawing.text = drawing.text.replace(/^.+$/gm, (line) => styled("dim", line));
  return drawing;
}

function drawBlock(block: Block, look: Look, controls: Control[]): string {
  const style = (format: Parameters<typeof styleText>[0], said: string) => (look.colour ? styled(format, said) : said);
  switch (block.kind) {
    case "heading":
      return wrap(style("bold", visible(block.text)), look);
    case "text":
      return block.markdown
        .split("\n")
        .map((line) =>
          wrap(inline(visible(line), look.colour), look, /^\s*(?:[-*]|\d+\.) /.exec(line)?.[0].length ?? 0),
        )
        .join("\n");
    case "code":
      return visible(block.source)
        .split("\n")
        .map((line) => `    ${line.startsWith("$ ") ? style("cyan", line) : line}`.trimEnd())
        .join("\n");
    case "fields":
      return block.fields
        .map(({ name, value }) =>
          wrap(`${style("bold", `${visible(name)}:`)} ${inline(visible(value), look.colour)}`, look, 2),
        )
        .join("\n");
    case "steps":
      return block.steps.map((step) => wrap(drawStep(step, look), look, 2)).join("\n");
    case "picture":
      return wrap(`Picture: ${look.save(block.name, block.png)}\n${visible(block.alt)}`, look);
    case "file":
      return wrap(`File: ${look.save(block.name, block.text)}`, look);
    case "controls":
      return block.controls.map((control) => drawControl(control, look, controls)).join("\n");
  }
}

const stepWords: Record<Step["state"], string> = { waiting: "wait", running: "now", done: "done", failed: "failed" };

function drawStep(step: Step, look: Look): string {
  return `[${stepWords[step.state]}] ${inline(visible(step.title), look.colour)}${step.detail ? `: ${inline(visible(step.detail), look.colour)}` : ""}`;
}

function drawControl(control: Control, look: Look, controls: Control[]): string {
  if (control.kind === "link") return `  ${visible(control.label)}: ${visible(control.url)}`;
  if (control.kind === "button" && control.disabled) return `  (${visible(control.label)})`;
  if (control.kind === "select") {
    const lines = control.choices.map((choice) => {
      controls.push({ kind: "button", label: choice.label, press: fill(control, choice.value) });
      return `  [${controls.length}] ${visible(choice.label)}`;
    });
    return [`${visible(control.placeholder)}:`, ...lines].join("\n");
  }
  controls.push(control);
  const label = visible(control.label);
  return `  [${controls.length}] ${look.colour ? styled("yellow", label) : label}${control.kind === "ask" ? " …" : ""}`;
}

/** The press of a select or ask control with its open option filled. */
export function fill(
  control: Extract<Control, { kind: "select" | "ask" }>,
  value: string,
): { command: string; options: Record<string, string> } {
  return { command: control.press.command, options: { ...control.press.options, [control.fills]: value } };
}

const leadingStyles = new RegExp(`^(?:${String.fromCharCode(27)}\\[[\\d;]*m)*`);

/** Takes the space off at which a line was broken, also inside of something coloured. */
function withoutIndent(line: string): string {
  const [styles = ""] = leadingStyles.exec(line) ?? [];
  return styles + line.slice(styles.length).trimStart();
}

function wrap(text: string, look: Look, hang = 0): string {
  const wrapped = wrapAnsi(text, look.width - hang, { hard: false, trim: false });
  return wrapped
    .split("\n")
    .map((line, index) => (index > 0 ? " ".repeat(hang) + withoutIndent(line) : line).trimEnd())
    .join("\n");
}
