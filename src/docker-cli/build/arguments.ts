import { readPairs } from "./settings.ts";

/** The names and values of an ARG, `given` ones first, then its own default, then what was said before the first FROM. Throws {@link CliError}. */
export function argumentsOf(
  rest: string,
  given: ReadonlyMap<string, string>,
  globals: ReadonlyMap<string, string>,
): [string, string][] {
  const pairs: [string, string | undefined][] = rest.includes("=") ? readPairs("ARG", rest) : [[rest, undefined]];
  return pairs.flatMap(([name, value]) => {
    const used = given.get(name) ?? value ?? globals.get(name);
    return used === undefined ? [] : [[name, used] as [string, string]];
  });
}
