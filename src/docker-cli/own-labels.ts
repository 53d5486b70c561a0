import { labelPrefix } from "../engine/policy.ts";

/** Labels of Bakehouse itself. Learners neither see nor set them. */
const prefixes = [labelPrefix, "bakehouse."];

const removal = "bakehouse.remove-on-exit";

/** Whether a label is one of ours. */
export function isOwnLabel(key: string): boolean {
  return prefixes.some((prefix) => key.toLowerCase().startsWith(prefix));
}

/** The labels without ours. */
export function shownLabels(labels: Record<string, string>): Record<string, string> {
  return Object.fromEntries(Object.entries(labels).filter(([key]) => !isOwnLabel(key)));
}

/** Whether `--filter label=` finds these labels by what was typed: a key, or `key=value`. */
export function hasLabel(labels: Record<string, string>, typed: string): boolean {
  const [key = "", ...rest] = typed.split("=");
  if (isOwnLabel(key) || !Object.hasOwn(labels, key)) return false;
  return rest.length === 0 || labels[key] === rest.join("=");
}

/** Marks a container of `docker run --rm`: the engine itself must not remove it, or how it ended would be lost. */
export const removeOnExitLabels: Record<string, string> = { [removal]: "yes" };

/** Whether the container goes when its program ends. */
export function removeOnExit(labels: Record<string, string>): boolean {
  return labels[removal] === "yes";
}

const noCommand = "bakehouse.no-command";

/** An image made of a container cannot say "no command", so a label does. */
export function commandLabels(has: boolean): Record<string, string> {
  return { [noCommand]: has ? "no" : "yes" };
}

/** Whether the image says nothing about what to run. */
export function hasNoCommand(labels: Record<string, string> | null | undefined): boolean {
  return labels?.[noCommand] === "yes";
}
