import type { Invocation } from "../../core/platform.ts";
import { encodePress, pressLimit } from "../../core/press.ts";
import type { Control, Reply, Topic } from "../../core/reply.ts";
import { readValues, type Values } from "../values.ts";

/** What is remembered of a person's last exchanges in a place. */
export interface Memory {
  /** What the last answer was about. */
  topic?: Topic;
  /** Ids of the answers told last, newest first. */
  told: string[];
  /** What the person named of their own things. */
  values: Values;
  /** The `docker` line that was suggested last. */
  command?: string;
  /** The buttons of the last reply that had any. */
  controls: Shown[];
}

/** A button on screen. */
export interface Shown {
  label: string;
  /** Encoded. */
  press: string;
  style?: "primary" | "danger";
}

/** The longest question and command that are remembered, in characters, how many answers and buttons, and the longest row. */
const limits = { question: 300, command: 160, told: 6, controls: 12, label: 60, row: 2000 } as const;

/** Memory of nothing. */
export const blank: Memory = { told: [], values: {}, controls: [] };

/** What is remembered after another answer; undefined when it leaves everything as it was. */
export function remember(before: Memory | undefined, { options }: Invocation, answer: Reply): Memory | undefined {
  const { about } = answer;
  const shown = controlsOf(answer);
  if (!about && shown.length === 0) return undefined;
  const old = before ?? blank;
  const said = typeof options.question === "string" ? options.question : "";
  const command = about ? commandOf(answer) : undefined;
  return {
    ...old,
    ...(about && { topic: { ...about, question: cut(about.question, limits.question) } }),
    told: about?.answer
      ? [about.answer, ...old.told.filter((id) => id !== about.answer)].slice(0, limits.told)
      : old.told,
    values: { ...old.values, ...readValues(said) },
    ...(command !== undefined && { command: cut(command, limits.command) }),
    controls: shown.length ? shown : old.controls,
  };
}

/** As a row of at most 2,000 characters: the last buttons are the first to go. */
export function encodeMemory(memory: Memory): string {
  for (let count = memory.controls.length; count >= 0; count--) {
    const row = JSON.stringify({ ...memory, controls: memory.controls.slice(0, count) });
    if (row.length <= limits.row) return row;
  }
  return JSON.stringify({ ...blank, topic: memory.topic });
}

/** Reads what {@link encodeMemory} wrote. */
export function decodeMemory(row: string): Memory {
  return { ...blank, ...JSON.parse(row) };
}

function controlsOf({ blocks }: Reply): Shown[] {
  const controls = blocks.flatMap((block) => (block.kind === "controls" ? block.controls : []));
  return controls.flatMap(readButton).slice(0, limits.controls);
}

function readButton(control: Control): Shown[] {
  if (control.kind !== "button" || control.disabled) return [];
  const press = encodePress(control.press);
  if (press.length > pressLimit) return [];
  return [{ label: cut(control.label, limits.label), press, ...(control.style && { style: control.style }) }];
}

/** The first `docker` line that an answer gives to type; what a console shows is only an example. */
function commandOf({ blocks }: Reply): string | undefined {
  for (const block of blocks) {
    const source = block.kind === "code" && block.language === "sh" ? block.source : "";
    const line = /^(docker .+)$/m.exec(source)?.[1];
    if (line) return line.trim();
  }
  return undefined;
}

const cut = (text: string, most: number) => [...text.toWellFormed()].slice(0, most).join("");
