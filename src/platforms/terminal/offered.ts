import type { Control } from "../../core/reply.ts";

/** The controls that can be pressed now: what everybody was shown last, or what one person was shown after that. */
export interface Offered {
  /** `person` is absent for what everybody sees. */
  offer(controls: Control[], person?: string): void;
  /** The control that somebody means by its number, from 1, or by its label. */
  find(typed: string, person: string): Control | undefined;
}

export function createOffered(): Offered {
  let shared: Control[] = [];
  const own = new Map<string, Control[]>();
  return {
    offer(controls, person) {
      if (controls.length === 0) return;
      if (person !== undefined) own.set(person, controls);
      else {
        shared = controls;
        own.clear();
      }
    },
    find(typed, person) {
      const controls = own.get(person) ?? shared;
      if (/^\d{1,3}$/.test(typed)) return controls[Number(typed) - 1];
      const label = (control: Control) => (control.kind === "select" ? "" : control.label.toLowerCase());
      return [...controls, ...shared].find((control) => label(control) === typed.toLowerCase());
    },
  };
}
