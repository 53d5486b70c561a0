import type { Person, Place } from "../../core/context.ts";
import { atTheTerminal } from "../../core/dispatch.ts";

/** The one place a terminal has. */
export const terminalPlace: Place = { platform: "terminal", workspace: "terminal", channel: "here" };

/** A typed message: who says it and what. */
export interface Spoken {
  person: Person;
  /** Set when the line began with `as <name>:`. */
  named: boolean;
  text: string;
}

/** Who sits at the keyboard; they may do everything here. */
export const typist: Person = { id: atTheTerminal, name: "you", moderator: true };

/** Reads `as ada: quiz start`; without it the person at the keyboard speaks. */
export function readSpeaker(line: string): Spoken {
  const match = /^as ([\p{L}\p{N}][\p{L}\p{N}_-]{0,30}): ?(.*)$/su.exec(line);
  if (!match?.[1]) return { person: typist, named: false, text: line };
  const name = match[1];
  return {
    person: { id: `terminal:${name.toLowerCase()}`, name, moderator: false },
    named: true,
    text: match[2] ?? "",
  };
}

/** Whether a message goes on in the next line: an open code fence, or a here-document that has not ended. */
export function isUnfinished(message: string): boolean {
  const fences = message.match(/^[^\S\n]*```/gm)?.length ?? 0;
  if (fences % 2 === 1) return true;
  const heredoc = /<<-?\s*['"]?([A-Z_]+)['"]?\s*$/m.exec(message);
  return heredoc?.[1] !== undefined && !new RegExp(`^${heredoc[1]}$`, "m").test(message);
}

/** Whether somebody at the keyboard is done. */
export function isFarewell(message: string): boolean {
  return /^\/?(?:exit|quit|bye|logout|:q!?)[.!]?$/i.test(message.trim());
}

/** Whether somebody wants what runs to stop. */
export function isStop(message: string): boolean {
  return /^\/?(?:stop|cancel|abort|stop it|stop that|enough)[.!]?$/i.test(message.trim());
}
