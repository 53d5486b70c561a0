import { decodePress, encodePress } from "../../../core/press.ts";
import type { Control, Press } from "../../../core/reply.ts";
import { limits } from "../limits.ts";

/** What a `custom_id` of ours says. */
export type ReadId =
  | { kind: "press"; press: Press }
  /** `fills` is filled by the chosen value or the typed text. */
  | { kind: "select" | "ask"; press: Press; fills: string; multiline: boolean };

/** Writes a control's `custom_id`. Throws when it would be longer than Discord allows. */
export function controlId(control: Exclude<Control, { kind: "link" }>): string {
  const press = encodePress(control.press);
  const id = control.kind === "button" ? press : `${prefixOf(control)}:${control.fills}:${press}`;
  if (id.length > limits.customId) throw new Error(`a control's id is at most ${limits.customId} characters: ${id}`);
  return id;
}

function prefixOf(control: Extract<Control, { kind: "select" | "ask" }>): string {
  if (control.kind === "select") return "s";
  return control.multiline ? "m" : "a";
}

/** Reads what {@link controlId} wrote, with or without the mark that made it unique; null for anything else. */
export function readId(id: string): ReadId | null {
  const unmarked = id.replace(/~\d+$/, "");
  const [, prefix, fills, encoded] = /^([sam]):(\w+):(v1:.*)$/s.exec(unmarked) ?? [];
  const press = decodePress(encoded ?? unmarked);
  if (!press) return null;
  if (prefix === undefined || fills === undefined) return { kind: "press", press };
  return { kind: prefix === "s" ? "select" : "ask", press, fills, multiline: prefix === "m" };
}

/** Makes ids unique within one message; `~` cannot occur in an encoded press. Null where no room is left for the mark. */
export function uniqueIds(): (id: string) => string | null {
  const used = new Map<string, number>();
  return (id) => {
    const count = (used.get(id) ?? 0) + 1;
    used.set(id, count);
    if (count === 1) return id;
    const marked = `${id}~${count}`;
    return marked.length <= limits.customId ? marked : null;
  };
}
