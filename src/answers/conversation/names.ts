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
  const all = [...concepts.values()].flatMap(({ defines }) => defines).concat(more);
  const sources = all
    .map((name) => name.toLowerCase())
    .sort((a, b) => b.length - a.length)
    .map((name) => RegExp.escape(name));
  const noun = new RegExp(`(?<![\\w-])(${qualities}(?:${sources.join("|")})(?:e?s)?)(?![\\w-]|'s)`);
  return {
    test: (words) => noun.test(words),
    first: (words) => noun.exec(words)?.[1],
    of: (id) => concepts.get(id)?.defines[0]?.toLowerCase(),
  };
}
