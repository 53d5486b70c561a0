import type { APIActionRowComponent, APIButtonComponent, APIComponentInMessageActionRow } from "discord.js";
import { drawnOnce } from "../../../core/drawn-once.ts";
import type { Block, Choice, Control } from "../../../core/reply.ts";
import { controlId, uniqueIds } from "../intake/custom-id.ts";
import { limits } from "../limits.ts";
import { cut, visible } from "./safe.ts";

type Row = APIActionRowComponent<APIComponentInMessageActionRow>;
type Ask = Extract<Control, { kind: "ask" }>;

/** The drawn controls of a message. */
export interface DrawnControls {
  components: Row[];
  asks: { id: string; control: Ask }[];
  /** How many did not fit. */
  left: number;
}

/** Draws all controls of a reply as rows, with at most `room` components, the rows counted too. */
export function drawControls(blocks: readonly Block[], room: number): DrawnControls {
  const drawn: DrawnControls = { components: [], asks: [], left: 0 };
  const unique = uniqueIds();
  let free = room;
  let row: Row | undefined;
  const put = (component: APIComponentInMessageActionRow, alone: boolean) => {
    const opens = alone || !row || row.components.length >= limits.buttonsPerRow;
    if (free < (opens ? 2 : 1)) {
      drawn.left++;
      return;
    }
    free -= opens ? 2 : 1;
    if (opens || !row) {
      row = { type: 1, components: [] };
      drawn.components.push(row);
    }
    row.components.push(component);
    if (alone) row = undefined;
  };
  for (const block of blocks) {
    if (block.kind !== "controls") continue;
    row = undefined;
    for (const control of block.controls) {
      switch (control.kind) {
        case "link":
          if (isLink(control.url)) put({ type: 2, style: 5, label: labelOf(control.label), url: control.url }, false);
          break;
        case "select":
          drawSelect(control, unique).forEach((select) => void put(select, true));
          break;
        case "button":
        case "ask": {
          const face = faceOf(control);
          const id = unique(face.id);
          if (id === null) break;
          put(drawButton(control, face.label, id), false);
          if (control.kind === "ask") drawn.asks.push({ id, control });
        }
      }
    }
  }
  return drawn;
}

const styles = { primary: 1, danger: 4 } as const;

const faceOf = drawnOnce((control: Extract<Control, { kind: "button" | "ask" }>) => ({
  label: labelOf(control.label),
  id: controlId(control),
}));

function drawButton(
  control: Extract<Control, { kind: "button" | "ask" }>,
  label: string,
  id: string,
): APIButtonComponent {
  const style = control.kind === "button" && control.style ? styles[control.style] : 2;
  return {
    type: 2,
    style,
    label,
    custom_id: id,
    ...(control.kind === "button" && control.disabled && { disabled: true }),
  };
}

/** A select of more choices than Discord shows becomes several. */
function drawSelect(control: Extract<Control, { kind: "select" }>, unique: (id: string) => string | null) {
  const choices = distinct(control.choices).filter(
    ({ value }) => value.length >= 1 && value.length <= limits.choiceText,
  );
  const parts = Math.ceil(choices.length / limits.selectChoices);
  return Array.from({ length: parts }, (_, part) => {
    const id = unique(controlId(control));
    const number = parts > 1 ? ` (${part + 1} of ${parts})` : "";
    return {
      type: 3 as const,
      custom_id: id ?? "",
      placeholder: cut(visible(control.placeholder), limits.placeholder - number.length) + number,
      options: choices
        .slice(part * limits.selectChoices, (part + 1) * limits.selectChoices)
        .map(({ label, value }) => ({
          label: cut(visible(label).trim() || value, limits.choiceText),
          value,
        })),
    };
  }).filter(({ custom_id }) => custom_id !== "");
}

function distinct(choices: readonly Choice[]): Choice[] {
  return [...new Map(choices.map((choice) => [choice.value, choice])).values()];
}

function labelOf(label: string): string {
  return cut(visible(label).replace(/\s+/g, " ").trim() || "…", limits.buttonLabel);
}

function isLink(url: string): boolean {
  return url.length <= limits.linkUrl && URL.canParse(url) && /^https?:/.test(url);
}
