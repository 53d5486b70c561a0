import { editsBetween } from "../core/nearest.ts";
import type { Engine } from "../engine/engine.ts";
import { instructions } from "./build/parse-dockerfile.ts";

/** From this engine on the words are the newer ones; compared with 26.1 and 28.5. */
const newer = 26;

/** What the lines say by themselves as engines before 26 do, and what newer ones say. */
const pairs: readonly [old: RegExp, now: string | ((...found: string[]) => string)][] = [
  [/^(Error response from daemon: )Cannot kill container: /, "$1cannot kill container: "],
  [/^(Error response from daemon: )Invalid filter /, "$1invalid filter "],
  [/^((?:docker: )?Error response from daemon: )No command specified/, "$1no command specified"],
  [/^(Error response from daemon: )no such image: \S+: (?=No such image: )/, "$1"],
  [/^Removing intermediate container /, " ---> Removed intermediate container "],
  [/dockerfile parse error line (\d+): unknown instruction: (.+)$/, unknownInstruction],
];

/** A sentence of the engine as the engine that answers here would say it: engines have changed some of them. */
export async function inEngineWords(engine: Engine, said: string): Promise<string> {
  const pair = pairs.find(([old]) => old.test(said));
  if (!pair) return said;
  const { Version = "" } = (await engine.system.version()) as { Version?: string };
  if (Number.parseInt(Version, 10) < newer) return said;
  const [old, now] = pair;
  return typeof now === "string" ? said.replace(old, now) : said.replace(old, now);
}

function unknownInstruction(_: string, line = "", word = ""): string {
  const [near] = instructions
    .map((name) => ({ name, edits: editsBetween(word, name) }))
    .filter(({ edits }) => edits < 3)
    .sort((a, b) => a.edits - b.edits);
  const hint = near ? ` (did you mean ${near.name}?)` : "";
  return `dockerfile parse error on line ${line}: unknown instruction: ${word}${hint}`;
}
