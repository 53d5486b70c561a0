import { fontOf } from "./font.ts";
import { count, type StackFacts } from "./stack-facts.ts";
import {
  boxWidth,
  gaps,
  type Letter,
  letterWidth,
  type PlannedContainer,
  planStack,
  type StackPlan,
  titleSize,
} from "./stack-plan.ts";
import { changeWords, stackAlt } from "./stack-words.ts";
import { box, type Colours, colours, sheet, svgSheet, type Theme, textLine } from "./svg.ts";

/** A picture before it is drawn, and what it tells. */
export interface Drawing {
  svg: string;
  /** At most 1,000 characters. */
  alt: string;
}

const row = { layer: 54, between: 10, line: 36, heading: 44 };
const left = sheet.margin;
const right = sheet.width - sheet.margin;

/** Draws an image's layers with each container's writable layer on top. Pure: the same facts are the same text. */
export function drawStack(facts: StackFacts, theme: Theme = "dark"): Drawing {
  const plan = planStack(facts);
  const parts: string[] = [];
  const paint = colours[theme];
  let y = drawTitle(parts, plan, paint);
  if (plan.containers.length) y = drawContainers(parts, plan, paint, y);
  y = drawLayers(parts, plan, paint, y);
  return {
    svg: svgSheet(y + sheet.margin - row.between, paint.card, parts),
    alt: stackAlt(plan),
  };
}

function drawTitle(parts: string[], { image }: StackPlan, paint: Colours): number {
  const y = sheet.margin + 26;
  parts.push(textLine("Image", { x: left, y, face: "strongWords", size: titleSize, colour: paint.text }));
  const x = Math.ceil(left + fontOf("strongWords").width("Image", titleSize) + 16);
  parts.push(textLine(image.name.drawn, { x, y, face: "strongNames", size: titleSize, colour: paint.text }));
  parts.push(textLine(image.id, { x: right, y, face: "names", colour: paint.quiet, anchor: "end" }));
  return y + 18;
}

function drawContainers(parts: string[], { containers, others }: StackPlan, paint: Colours, top: number): number {
  const words = containers.length === 1 ? "Writable layer of the container" : "Writable layers, one per container";
  parts.push(textLine(words, { x: left, y: top + 30, face: "words", colour: paint.quiet }));
  if (containers.some(({ changes }) => changes.length > 0)) drawLegend(parts, paint, top + 30);
  const y = top + row.heading + 2;
  const width = boxWidth(containers.length);
  const lines = Math.max(...containers.map(({ changes, more }) => Math.max(1, changes.length + (more ? 1 : 0))));
  const height = (lines + 2) * row.line + 24;
  containers.forEach((container, index) => {
    const x = left + index * (width + gaps.box);
    parts.push(box({ x, y, width, height, fill: paint.writable, line: paint.writableLine, dashed: true }));
    drawContainer(parts, container, paint, x + gaps.inside, y);
  });
  if (others.number === 0) return y + height + row.between;
  const rest = `and ${count(others.number, "more container")}:`;
  const line = y + height + row.line;
  parts.push(textLine(rest, { x: left, y: line, face: "words", colour: paint.text }));
  const x = Math.ceil(left + fontOf("words").width(rest, sheet.text) + 12);
  parts.push(textLine(others.names.drawn, { x, y: line, face: "names", colour: paint.text }));
  return line + row.between + 4;
}

const letters: readonly Letter[] = ["A", "C", "D"];

function drawLegend(parts: string[], paint: Colours, y: number): void {
  let x = right;
  for (const letter of letters.toReversed()) {
    const word = changeWords[letter];
    parts.push(textLine(word, { x, y, face: "words", colour: paint.quiet, anchor: "end" }));
    x -= Math.ceil(fontOf("words").width(word, sheet.text)) + 8;
    parts.push(textLine(letter, { x, y, face: "strongNames", colour: paint[word], anchor: "end" }));
    x -= 36;
  }
}

function drawContainer(parts: string[], one: PlannedContainer, paint: Colours, x: number, top: number): void {
  let y = top + 34;
  parts.push(textLine(one.name.drawn, { x, y, face: "strongNames", colour: paint.text }));
  y += row.line;
  parts.push(textLine(one.state.drawn, { x, y, face: "words", colour: paint.quiet }));
  for (const { letter, path } of one.changes) {
    y += row.line;
    const colour = paint[changeWords[letter]];
    parts.push(textLine(letter, { x, y, face: "strongNames", colour }));
    parts.push(textLine(path.drawn, { x: x + letterWidth, y, face: "names", colour: paint.text }));
  }
  y += row.line;
  const quiet = { x, y, face: "words", colour: paint.quiet } as const;
  if (one.more) parts.push(textLine(`and ${one.more} more`, quiet));
  else if (one.changes.length === 0) parts.push(textLine("nothing changed", quiet));
}

function drawLayers(parts: string[], { image, layers }: StackPlan, paint: Colours, top: number): number {
  const words = image.layers
    ? `${count(image.layers, "read-only layer")} of the image, newest on top`
    : "The image has no layers";
  parts.push(textLine(words, { x: left, y: top + 32, face: "words", colour: paint.quiet }));
  let y = top + row.heading + 4;
  for (const layer of layers) {
    const place = { x: left, y, width: right - left, height: row.layer };
    parts.push(box({ ...place, fill: paint.layer, line: paint.layerLine }));
    const baseline = y + 35;
    const text =
      "hidden" in layer
        ? textLine(`${count(layer.hidden, "layer")} between`, {
            ...{ x: left + gaps.inside, y: baseline },
            ...{ face: "words", colour: paint.quiet },
          })
        : textLine(layer.madeBy.drawn, { x: left + gaps.inside, y: baseline, face: "names", colour: paint.text });
    const size = { x: right - gaps.inside, y: baseline, face: "names", colour: paint.text, anchor: "end" } as const;
    parts.push(text, textLine(layer.size, size));
    y += row.layer + row.between;
  }
  return y;
}
