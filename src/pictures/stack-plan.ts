import { fitLabel, type Label } from "./label.ts";
import { type ContainerFacts, type StackFacts, sizeWords } from "./stack-facts.ts";
import { sheet } from "./svg.ts";

export type Letter = "A" | "C" | "D";

/** A dashed box: one container's writable layer. */
export interface PlannedContainer {
  name: Label;
  state: Label;
  changes: { letter: Letter; path: Label }[];
  /** Changes that have no line of their own. */
  more: number;
}

/** One row of the stack: a layer, or several at once where there is no room. */
export type PlannedLayer = { madeBy: Label; size: string } | { hidden: number; size: string };

/** What a picture shows, cut to what fits; picture and alt text are both made from this. */
export interface StackPlan {
  image: { name: Label; id: string; layers: number };
  containers: PlannedContainer[];
  /** Containers without a box: how many, and their names on one line. */
  others: { number: number; names: Label };
  /** Newest first. */
  layers: PlannedLayer[];
}

/** Boxes beside each other, and rows of layers: with the row of containers at most seven. */
const most = { containers: 3, layers: 6 };
/** Space between two boxes, and from a box's line to its text. */
export const gaps = { box: 20, inside: 16 } as const;
export const titleSize = 30;

const inner = sheet.width - 2 * sheet.margin;

/** The width of one of `number` boxes beside each other, in pixels. */
export function boxWidth(number: number): number {
  return Math.floor((inner - (number - 1) * gaps.box) / Math.max(1, number));
}

/** Decides what of the facts is shown, and how it is cut. */
export function planStack({ image, containers }: StackFacts): StackPlan {
  const boxes = containers.slice(0, most.containers);
  const rest = containers.slice(most.containers);
  return {
    image: {
      name: fitLabel(image.name, { face: "strongNames", size: titleSize, width: 480, keep: "end" }),
      id: image.id,
      layers: image.layers.length,
    },
    containers: boxes.map((container) => planContainer(container, boxes.length)),
    others: {
      number: rest.length,
      names: fitLabel(rest.map(({ name }) => name).join(", "), { face: "names", size: sheet.text, width: 560 }),
    },
    layers: planLayers(image.layers),
  };
}

function planContainer(container: ContainerFacts, beside: number): PlannedContainer {
  const width = boxWidth(beside) - 2 * gaps.inside;
  const lines = beside === most.containers ? 3 : 4;
  const all = changesOf(container);
  const shown = all.length > lines ? all.slice(0, lines - 1) : all;
  const path = { face: "names", size: sheet.text, width: width - letterWidth, keep: "end" } as const;
  return {
    name: fitLabel(container.name || "(no name)", { face: "strongNames", size: sheet.text, width }),
    state: fitLabel(container.state, { face: "names", size: sheet.text, width: 180 }),
    changes: shown.map(({ letter, path: raw }) => ({ letter, path: fitLabel(raw, path) })),
    more: all.length - shown.length,
  };
}

/** Where a path begins after its letter. */
export const letterWidth = 32;

/** Every change of a container, one kind after the other: what was deleted is the most surprising, so it is never cut off. */
export function changesOf({ added, changed, deleted }: ContainerFacts): { letter: Letter; path: string }[] {
  const list = (letter: Letter, paths: readonly string[]) => paths.toSorted().map((path) => ({ letter, path }));
  return [...list("D", deleted), ...list("C", changed), ...list("A", added)];
}

function planLayers(oldestFirst: StackFacts["image"]["layers"]): PlannedLayer[] {
  const layers = oldestFirst.toReversed();
  const planned = layers.map(({ size, madeBy }) => ({
    madeBy: fitLabel(madeBy, { face: "names", size: sheet.text, width: inner - 2 * gaps.inside - 130 }),
    size: sizeWords(size),
  }));
  const base = planned.at(-1);
  if (planned.length <= most.layers || !base) return planned;
  const top = most.layers - 2;
  const between = layers.slice(top, -1);
  const size = sizeWords(between.reduce((sum, layer) => sum + layer.size, 0));
  return [...planned.slice(0, top), { hidden: between.length, size }, base];
}
