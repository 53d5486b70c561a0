import { flagsOf, shortForm } from "./flag-words.ts";
import { shellWords } from "./shell-words.ts";

/** A `docker` command taken apart. */
export interface DockerCommand {
  /** `run`, `build`, `volume rm`, `compose up`, … */
  verb: string;
  /** Flags in order, by their short form; `value` is absent for switches. */
  flags: { name: string; value?: string }[];
  /** What is no flag: the image, the container, the program and its words. */
  words: string[];
  /** As it was typed. */
  typed: string;
}

const groups = new Set("container image volume network system builder buildx compose context".split(" "));
/** Commands whose first word ends the flags: what follows belongs to the program. */
const withProgram = new Set(["run", "create", "exec"]);
const synonyms: Record<string, string> = {
  "container run": "run",
  "container create": "create",
  "container exec": "exec",
  "container ls": "ps",
  "container rm": "rm",
  "container stop": "stop",
  "container start": "start",
  "container logs": "logs",
  "image ls": "images",
  "image rm": "rmi",
  "image build": "build",
  "image pull": "pull",
  "image push": "push",
  "image tag": "tag",
  "buildx build": "build",
};
/** Where a command ends and a person goes on talking. */
const talk =
  /^(?:i|i'm|what|what's|whats|why|how|can|could|does|did|do|is|it|but|and|so|when|where|which|then|my|the|this|that|gives|says|works?|still|someone|please|explain|in|on|with|fails|error:?|\?)$/i;

/** Reads a command such as `docker run -d nginx what does it do`; undefined when it is none. */
export function readDockerCommand(text: string): DockerCommand | undefined {
  const [line = ""] = text.replace(/\\\r?\n/g, " ").split(/\r?\n/);
  const words = shellWords(line.replace(/^\s*[$#>]\s+/, "").replace(/^sudo\s+/, ""));
  if (!/^docker(-compose)?$/.test(words[0] ?? "")) return undefined;
  const rest = words[0] === "docker-compose" ? ["compose", ...words.slice(1)] : words.slice(1);
  const first = rest.shift() ?? "";
  if (!/^[a-z]+$/.test(first)) return undefined;
  let verb = first;
  if (groups.has(first)) {
    while (rest[0]?.startsWith("-")) rest.splice(0, /^(?:-f|-p|--file|--profile)$/.test(rest[0] ?? "") ? 2 : 1);
    verb = `${first} ${rest.shift() ?? ""}`.trim();
  }
  verb = Object.hasOwn(synonyms, verb) ? (synonyms[verb] ?? verb) : verb;
  return { verb, ...readFlags(verb, rest), typed: line.trim() };
}

function readFlags(verb: string, rest: readonly string[]): Pick<DockerCommand, "flags" | "words"> {
  const known = flagsOf(verb.split(" ").at(-1) ?? verb);
  const flags: DockerCommand["flags"] = [];
  const words: string[] = [];
  for (let at = 0; at < rest.length; at++) {
    const word = rest[at] ?? "";
    if (words.length > 0 && talk.test(word)) break;
    if (!word.startsWith("-") || word === "-" || (words.length > 0 && withProgram.has(verb))) {
      words.push(word);
      continue;
    }
    const [whole = "", name = "", value] = /^(--?[^=]+)(?:=(.*))?$/s.exec(word) ?? [word, word];
    const short = shortForm(name, known);
    const takes = known[short]?.takes === true;
    if (value !== undefined) flags.push({ name: short, value });
    else if (takes) flags.push({ name: short, value: rest[++at] ?? "" });
    else if (/^-[a-zA-Z]{2,}$/.test(whole)) flags.push(...bundle(whole, known, () => rest[++at] ?? ""));
    else flags.push({ name: short });
  }
  return { flags, words };
}

/** `-itd`, and `-p8080:80` with its value behind it. */
function bundle(word: string, known: ReturnType<typeof flagsOf>, next: () => string): DockerCommand["flags"] {
  const flags: DockerCommand["flags"] = [];
  for (let at = 1; at < word.length; at++) {
    const name = `-${word[at]}`;
    if (known[name]?.takes) {
      flags.push({ name, value: word.slice(at + 1) || next() });
      break;
    }
    flags.push({ name });
  }
  return flags;
}

/** All values of a flag. */
export function valuesOf({ flags }: DockerCommand, name: string): string[] {
  return flags.flatMap((flag) => (flag.name === name && flag.value !== undefined ? [flag.value] : []));
}

/** Whether a flag is there. */
export function has({ flags }: DockerCommand, name: string): boolean {
  return flags.some((flag) => flag.name === name);
}
