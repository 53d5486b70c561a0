import type { Curriculum } from "../../curriculum/load.ts";
import type { Names } from "./rephrase.ts";

/** Nouns that people use and no card defines by itself. */
const more = [
  "file",
  "folder",
  "port",
  "log",
  "command",
  "database",
  "process",
  "variable",
  "network",
  "server",
  "flag",
  "dockerfile",
  "shell",
  "data",
  "memory",
  "cpu",
];
const qualities =
  "(?:stopped |running |exited |unused |old |new |dangling |named |anonymous |official |private |local |whole |single |two |several |many |all |untagged )*";

const read = new WeakMap<Curriculum, Names>();

/** The nouns of what is taught now. */
export function namesOf(curriculum: Curriculum): Names {
  const known = read.get(curriculum) ?? readNames(curriculum);
  read.set(curriculum, known);
  return known;
}

function readNames({ concepts }: Curriculum): Names {
  const sources = [...concepts.values()]
    .flatMap(({ defines }) => defines)
    .concat(more)
    .map((name) => name.toLowerCase())
    .sort((a, b) => b.length - a.length)
    .map((name) => RegExp.escape(name));
  const noun = new RegExp(`(?<![\\w-])(${qualities}(?:${sources.join("|")})(?:e?s)?)(?![\\w-]|'s)`, "g");
  return {
    in(words) {
      const found = [...words.matchAll(noun)].filter(({ 1: name = "", index }) => !isVerb(name, words.slice(0, index)));
      return [...new Set(found.map(({ 1: name = "" }) => name))];
    },
    of: (id) => concepts.get(id)?.defines[0]?.toLowerCase(),
  };
}

/** "How do I tag an image": some names are also what one does. */
function isVerb(name: string, before: string): boolean {
  return (
    /^(?:run|tag|commit|prune|expose|detach|copy|log|port|shell|server)$/.test(name) &&
    /(?:^|\b(?:i|to|you|we|can|docker|just|not))\s*$/.test(before)
  );
}
