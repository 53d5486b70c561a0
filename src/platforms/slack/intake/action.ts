import { decodePress, encodePress } from "../../../core/press.ts";
import type { Control, Press } from "../../../core/reply.ts";
import { shorten } from "../draw/visible.ts";
import { limits } from "../limits.ts";

type Ask = Extract<Control, { kind: "ask" }>;

/** A question that opens a modal: the press that is waiting for text. */
export interface Asking {
  press: Press;
  fills: string;
  title: string;
  multiline: boolean;
}

/** What a pressed control means. */
export type Pressed =
  | { kind: "press"; press: Press }
  | { kind: "ask"; asking: Asking }
  | { kind: "link" }
  | { kind: "unknown" };

/** The value of an ask button: everything its modal needs, so that it works after a restart. */
export function writeAsk(control: Ask): string {
  const value = JSON.stringify({
    p: encodePress(control.press),
    f: control.fills,
    t: shorten(control.title, 300),
    m: control.multiline ? 1 : 0,
  });
  if (value.length > limits.buttonValue)
    throw new Error(`a button's value is at most ${limits.buttonValue} characters`);
  return value;
}

/** Reads what {@link writeAsk} wrote; null for anything else. */
export function readAsk(value: string): Asking | null {
  try {
    const given = JSON.parse(value) as { p?: unknown; f?: unknown; t?: unknown; m?: unknown };
    const press = typeof given.p === "string" ? decodePress(given.p) : null;
    if (!press || typeof given.f !== "string" || typeof given.t !== "string") return null;
    return { press, fills: given.f, title: given.t, multiline: given.m === 1 };
  } catch {
    return null;
  }
}

/** The action id of the `index`th control; a select's also says which press it fills. Unique in its block. */
export const actionId = {
  button: (index: number) => `press:${index}`,
  ask: (index: number) => `ask:${index}`,
  link: (index: number) => `link:${index}`,
  select: (index: number, press: Press, fills: string) => `select:${index}:${fills}:${encodePress(press)}`,
};

/** Reads a pressed control; `unknown` for forged ones and those of other versions. */
export function readAction(action: { action_id?: unknown; value?: unknown; selected_option?: unknown }): Pressed {
  const id = String(action.action_id ?? "");
  if (id.startsWith("link:")) return { kind: "link" };
  if (id.startsWith("ask:")) {
    const asking = typeof action.value === "string" ? readAsk(action.value) : null;
    return asking ? { kind: "ask", asking } : { kind: "unknown" };
  }
  const select = /^select:\d+:([^:]+):(.+)$/s.exec(id);
  if (select?.[1] && select[2]) {
    const press = decodePress(select[2]);
    const chosen = (action.selected_option as { value?: unknown } | undefined)?.value;
    if (!press || typeof chosen !== "string") return { kind: "unknown" };
    return { kind: "press", press: { ...press, options: { ...press.options, [select[1]]: chosen } } };
  }
  const press = id.startsWith("press:") && typeof action.value === "string" ? decodePress(action.value) : null;
  return press ? { kind: "press", press } : { kind: "unknown" };
}
