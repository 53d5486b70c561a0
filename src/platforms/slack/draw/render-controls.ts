import type { ActionsBlock, Button, ContextBlock, KnownBlock, PlainTextOption, StaticSelect } from "@slack/types";
import { encodePress } from "../../../core/press.ts";
import type { Control } from "../../../core/reply.ts";
import { actionId, writeAsk } from "../intake/action.ts";
import { limits } from "../limits.ts";
import { shorten, visible } from "./visible.ts";

const words = (text: string, most: number) =>
  ({
    type: "plain_text",
    text: shorten(visible(text).replace(/\s+/g, " ").trim(), most) || "…",
    emoji: false,
  }) as const;

/** Rows of controls. `from` numbers the controls of a message, so that ids stay unique; controls beyond the limits are left out. */
export function renderControls(controls: readonly Control[], from: number): KnownBlock[] {
  const rows: KnownBlock[] = [];
  let row: Button[] = [];
  const close = () => {
    if (row.length > 0) rows.push({ type: "actions", elements: row } satisfies ActionsBlock);
    row = [];
  };
  controls.slice(0, limits.controls).forEach((control, at) => {
    const index = from + at;
    if (control.kind === "select") {
      close();
      const selects = renderSelects(control, index);
      if (selects.length > 0) rows.push({ type: "actions", elements: selects } satisfies ActionsBlock);
      return;
    }
    if (control.kind === "button" && control.disabled) {
      close();
      // Slack has no disabled buttons.
      rows.push({ type: "context", elements: [words(control.label, limits.buttonText)] } satisfies ContextBlock);
      return;
    }
    if (row.length === limits.buttonsInRow) close();
    row.push(renderButton(control, index));
  });
  close();
  return rows;
}

function renderButton(control: Exclude<Control, { kind: "select" }>, index: number): Button {
  const text = words(control.label, limits.buttonText);
  switch (control.kind) {
    case "button":
      return {
        type: "button",
        action_id: actionId.button(index),
        text,
        value: encodePress(control.press),
        ...(control.style && { style: control.style }),
      };
    case "ask":
      return { type: "button", action_id: actionId.ask(index), text, value: writeAsk(control) };
    case "link":
      return { type: "button", action_id: actionId.link(index), text, url: control.url.slice(0, limits.url) };
  }
}

function renderSelects(control: Extract<Control, { kind: "select" }>, index: number): StaticSelect[] {
  const options: PlainTextOption[] = [];
  for (const { label, value } of control.choices) {
    if (value.length === 0 || value.length > limits.optionValue) continue;
    if (options.some((one) => one.value === value)) continue;
    options.push({ text: words(label, limits.optionText), value });
  }
  const parts: StaticSelect[] = [];
  for (let start = 0; start < options.length && parts.length < limits.selectsInRow; start += limits.options) {
    parts.push({
      type: "static_select",
      action_id: actionId.select(index * limits.selectsInRow + parts.length, control.press, control.fills),
      placeholder: words(control.placeholder, limits.placeholder),
      options: options.slice(start, start + limits.options),
    });
  }
  return parts;
}
