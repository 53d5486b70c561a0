import { distance } from "fastest-levenshtein";

/** A variable that looks like a setting and is none. */
export interface Misspelt {
  name: string;
  meant: string;
}

/** How many letters may be wrong, in a name of this length or longer. */
const allowances = [
  [10, 3],
  [7, 2],
  [4, 1],
] as const;

/**
 * The variables that were probably meant as one of `settings`, or as one of their `_FILE`s: a letter wrong or two swapped, a word too many or
 * missing, another case, dashes. Values are not looked at. A setting that is given under its own name as well is not missed.
 */
export function findMisspelt(environment: Record<string, string | undefined>, settings: readonly string[]): Misspelt[] {
  const known = new Set(settings.flatMap((name) => [name, `${name}_FILE`]));
  const missing = [...known].filter((name) => !environment[name]);
  return Object.keys(environment).flatMap((name) => {
    if (!environment[name] || known.has(name)) return [];
    const meant = nearest(written(name), missing);
    return meant ? [{ name, meant }] : [];
  });
}

/** One sentence for the host. */
export function misspeltWords({ name, meant }: Misspelt): string {
  return `${name} is not a setting of Bakehouse, so it is not read. Did you mean ${meant}?`;
}

/** As it would be written if only its form were wrong. */
function written(name: string): string {
  return name
    .toUpperCase()
    .replaceAll(/[-.]/g, "_")
    .replace(/^BAKEHOUSE_/, "");
}

function nearest(name: string, candidates: readonly string[]): string | undefined {
  const [, allowed] = allowances.find(([least]) => name.length >= least) ?? [0, 0];
  return candidates
    .map((candidate) => ({ candidate, edits: distance(name, candidate) }))
    .filter(({ candidate, edits }) => edits <= allowed || haveSameWords(name, candidate))
    .sort((one, other) => one.edits - other.edits)[0]?.candidate;
}

/** Whether one has all the words of the other, at least two, and begins alike: SLACK_TOKEN and SLACK_BOT_TOKEN. Or the same in another order. */
function haveSameWords(one: string, other: string): boolean {
  const [few, many] = [one.split("_"), other.split("_")].sort((a, b) => a.length - b.length);
  if (!few || !many || few.length < 2 || many.length > few.length + 1) return false;
  const inOrder = few[0] === many[0] || few.length === many.length;
  return inOrder && few.every((word) => many.includes(word));
}
