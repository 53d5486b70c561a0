import { cleanText, type Label } from "./label.ts";
import { count, type StackFacts, sizeWords } from "./stack-facts.ts";
import { changesOf, type Letter, type PlannedContainer, type PlannedLayer, type StackPlan } from "./stack-plan.ts";

/** What the letters of `docker diff` mean. */
export const changeWords: Record<Letter, "added" | "changed" | "deleted"> = { A: "added", C: "changed", D: "deleted" };

/** The longest alt text that every platform takes. */
const longestAlt = 1000;

/** Says everything the picture of a plan shows, in at most 1,000 characters. */
export function stackAlt(plan: StackPlan): string {
  const said = tell(plan, "said");
  // Signs the font lacks can be long; what is drawn for them never is.
  return said.length <= longestAlt ? said : tell(plan, "drawn");
}

function tell({ image, containers, others, layers }: StackPlan, which: keyof Label): string {
  const writable = containers.map((one) => tellContainer(one, which));
  const rest = others.number ? [`Also ${count(others.number, "more container")}: ${others.names[which]}.`] : [];
  const stack = layers.map((layer) => tellLayer(layer, which)).join("; ");
  return [
    `Layers of image ${image.name[which]}, ${image.id}.`,
    ...(writable.length ? ["Writable layers:", ...writable] : ["No container."]),
    ...rest,
    image.layers ? `${count(image.layers, "read-only layer")}, newest first: ${stack}.` : "The image has no layers.",
  ].join(" ");
}

function tellContainer({ name, state, changes, more }: PlannedContainer, which: keyof Label): string {
  const list = [
    ...changes.map(({ letter, path }) => `${changeWords[letter]} ${path[which]}`),
    ...(more ? [`and ${more} more`] : []),
  ];
  return `${name[which]} (${state[which]}): ${list.join(", ") || "nothing changed"}.`;
}

function tellLayer(layer: PlannedLayer, which: keyof Label): string {
  return "hidden" in layer
    ? `${count(layer.hidden, "layer")} between, ${layer.size}`
    : `${layer.madeBy[which]}, ${layer.size}`;
}

const longest = { paths: 30, layers: 20, line: 120 };

/** The same facts as lines of text, for where there is no picture; longer lists than a picture has room for. */
export function stackLines(facts: StackFacts): string[] {
  const { image, containers } = facts;
  const layers = image.layers.toReversed();
  return [
    ...containers.flatMap((container) => {
      const changes = changesOf(container);
      return [
        `${shorten(container.name || "(no name)")} (${container.state}), writable layer: ${changes.length ? count(changes.length, "change") : "nothing changed"}`,
        ...changes.slice(0, longest.paths).map(({ letter, path }) => `  ${letter} ${shorten(path)}`),
        ...(changes.length > longest.paths ? [`  and ${changes.length - longest.paths} more`] : []),
      ];
    }),
    ...(containers.length === 0 ? ["no container"] : []),
    `image ${shorten(image.name)} (${image.id}), ${count(layers.length, "read-only layer")}, newest first`,
    ...layers
      .slice(0, longest.layers)
      .map(({ size, madeBy }) => `  ${sizeWords(size).padStart(7)}  ${shorten(madeBy)}`),
    ...(layers.length > longest.layers ? [`  and ${layers.length - longest.layers} more`] : []),
  ];
}

function shorten(raw: string): string {
  const text = cleanText(raw.slice(0, 4 * longest.line));
  return text.length > longest.line ? `${text.slice(0, longest.line).toWellFormed()}…` : text;
}
