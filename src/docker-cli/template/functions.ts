import { TemplateError } from "./template-error.ts";

/** A value as Go's `fmt` prints it. */
export function formatValue(value: unknown): string {
  if (value === undefined) return "<no value>";
  if (value === null) return "[]";
  if (Array.isArray(value)) return `[${value.map((one) => (one === null ? "<nil>" : formatValue(one))).join(" ")}]`;
  if (typeof value === "object") {
    const entries = Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1));
    return `map[${entries.map(([key, one]) => `${key}:${formatValue(one)}`).join(" ")}]`;
  }
  return String(value);
}

/** Whether a value counts as true: not empty, not zero. */
export function isTrue(value: unknown): boolean {
  if (Array.isArray(value)) return value.length > 0;
  if (typeof value === "object" && value !== null) {
    for (const _ in value) return true;
    return false;
  }
  return Boolean(value);
}

type Fn = (...args: unknown[]) => unknown;

const text = (value: unknown): string => (typeof value === "string" ? value : formatValue(value));
const compare =
  (holds: (order: number) => boolean): Fn =>
  (a, b) =>
    holds(
      typeof a === "number" && typeof b === "number" ? a - b : text(a) < text(b) ? -1 : text(a) === text(b) ? 0 : 1,
    );

/** The functions `docker … --format` knows, besides the logic that looks at its arguments one by one. */
export const functions: Record<string, Fn> = {
  json: (value) => goJson(value),
  len: (value) => {
    if (value === null || value === undefined) return 0;
    if (typeof value === "string") return Buffer.byteLength(value);
    if (Array.isArray(value)) return value.length;
    if (typeof value === "object") return Object.keys(value).length;
    throw new TemplateError("run", `error calling len: len of type ${typeof value === "number" ? "int" : "bool"}`);
  },
  index: (value, ...keys) =>
    keys.reduce((inner: unknown, key) => {
      if (Array.isArray(inner)) {
        if (typeof key !== "number" || key < 0 || key >= inner.length)
          throw new TemplateError("run", `error calling index: index out of range: ${formatValue(key)}`);
        return inner[key] as unknown;
      }
      if (inner === null || inner === undefined) throw new TemplateError("run", "error calling index: index of nil");
      return Object.hasOwn(inner, text(key)) ? (inner as Record<string, unknown>)[text(key)] : "";
    }, value),
  print: (...values) => values.map(formatValue).join(""),
  println: (...values) => `${values.map(formatValue).join(" ")}\n`,
  printf: (format, ...values) => printf(text(format), values),
  join: (list, separator) => (Array.isArray(list) ? list.map(text).join(text(separator)) : text(list)),
  split: (value, separator) => text(value).split(text(separator)),
  upper: (value) => text(value).toUpperCase(),
  lower: (value) => text(value).toLowerCase(),
  title: (value) => text(value).replace(/(^|\s)(\S)/g, (_, gap: string, letter: string) => gap + letter.toUpperCase()),
  truncate: (value, most) => [...text(value)].slice(0, Math.max(0, Number(most) || 0)).join(""),
  pad: (value, before, after) => (value === "" ? "" : " ".repeat(room(before)) + text(value) + " ".repeat(room(after))),
  not: (value) => !isTrue(value),
  eq: (first, ...others) => {
    const wanted = text(first);
    return others.some((other) => wanted === text(other));
  },
  ne: (a, b) => text(a) !== text(b),
  lt: compare((order) => order < 0),
  le: compare((order) => order <= 0),
  gt: compare((order) => order > 0),
  ge: compare((order) => order >= 0),
};

/** The widest that a number in a template makes a text, in characters. */
const widest = 200;

/** Characters that a call makes beyond those it is given, at most; what is not named here makes a few times as many as it gets. */
export const growth: Record<string, (args: readonly unknown[]) => number> = {
  join: ([list, separator]) => (Array.isArray(list) ? list.length * text(separator).length : 0),
  printf: ([format]) => text(format).split("%").length * widest,
  pad: () => 2 * widest,
};

function room(value: unknown): number {
  return Math.min(widest, Math.max(0, Number(value) || 0));
}

function printf(format: string, values: unknown[]): string {
  let next = 0;
  return format.replace(/%(-?)(\d{0,3})([%vsdqt])/g, (whole, minus: string, width: string, verb: string) => {
    if (verb === "%") return "%";
    if (next >= values.length) return `%!${verb}(MISSING)`;
    const value = values[next++];
    const shown = verb === "q" ? JSON.stringify(text(value)) : text(value);
    const padded = Math.min(widest, Number(width));
    return whole && minus ? shown.padEnd(padded) : shown.padStart(padded);
  });
}

/** JSON on one line, in the order of the engine. */
export function goJson(value: unknown): string {
  return JSON.stringify(value ?? null);
}
