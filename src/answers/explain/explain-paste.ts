import { type DockerCommand, readDockerCommand, valuesOf } from "./docker-command.ts";
import { readDockerfile } from "./dockerfile.ts";
import { explainCommand, mountWords } from "./explain-command.ts";
import { explainCompose } from "./explain-compose.ts";
import { explainDockerfile } from "./explain-dockerfile.ts";
import { explainTable } from "./explain-table.ts";
import type { Explanation } from "./explanation.ts";

/** How much of a paste is read, in characters. */
const longest = 8000;

/** Explains a command, Dockerfile, Compose file or table that somebody pasted; undefined when there is none. Never throws. */
export function explainPaste(pasted: string): Explanation | undefined {
  const text = pasted.slice(0, longest).replace(/^```\w*$/gm, "");
  const dockerfile = readDockerfile(text);
  if (dockerfile) return explainDockerfile(dockerfile.instructions, dockerfile.said);
  return explainCompose(text) ?? explainTable(text) ?? explainCommands(text);
}

/** Words of a sentence that begins like a command: "docker images shows five things". */
const sentence =
  /^(?:shows?|lists?|says?|is|are|was|isn't|doesn't|does|do|not|no|vs\.?|versus|or|and|but|with|without|command|container|containers|image|images|file|files|hangs?|fails?|works?|keeps?|takes?|gives?|returns?|always|never|only|what|why|how|if|when|it|my|the)$/i;

/** Whether it is a command to look at, and not a question that begins like one. */
function isTyped({ verb, flags, words, typed }: DockerCommand, whole: string): boolean {
  if (words.some((word) => sentence.test(word)) || /\?/.test(words.join(" "))) return false;
  const alone = whole.trim() === typed;
  const needs = /^(?:ps|images|stats|login|compose \w+|\w+ (?:ls|prune|df))$/.test(verb) ? 0 : 1;
  if (words.length < needs && flags.length === 0) return false;
  return alone || flags.length + words.length >= 2 || whole.includes("\n");
}

/** One command, or several with what is different between them. */
function explainCommands(text: string): Explanation | undefined {
  const pieces = text
    .split(
      /\r?\n|\s(?=docker (?:run|build|exec|pull|push|tag|compose|start|stop|rm|rmi|create|commit|cp|volume|network)\s+\S)/,
    )
    .filter((piece) => piece.trim());
  const commands = pieces.flatMap((piece) => readDockerCommand(piece) ?? []).filter((one) => isTyped(one, text));
  if (!/^\s*(?:[$#>]\s+)?(?:sudo\s+)?docker\b/m.test(text) && commands.length < 2) return undefined;
  const [first, ...more] = commands;
  if (!first) return undefined;
  const explained = explainCommand(first, text);
  if (!explained || more.length === 0) return explained;
  return more.length === 1 && more[0]?.verb === first.verb
    ? difference(first, more[0], explained)
    : series(commands, explained);
}

/** Two commands of the same kind: what each of them mounts or does. */
function difference(first: DockerCommand, second: DockerCommand, explained: Explanation): Explanation {
  const mounts = [first, second].map((one) => valuesOf(one, "-v").map(mountWords).join(" "));
  const whats = [first, second].map((one, at) => mounts[at] || explainCommand(one)?.what || "");
  if (whats[0] === whats[1]) return explained;
  return { ...explained, what: `The first: ${whats[0]}\nThe second: ${whats[1]}`, parts: [] };
}

/** A series of commands: what each does, and which images and containers there are in the end. */
function series(commands: readonly DockerCommand[], explained: Explanation): Explanation {
  const shown = commands.slice(0, 12);
  return {
    ...explained,
    what: `${commands.length} commands, one after the other. ${inTheEnd(commands)}`,
    problems: shown.flatMap((one) => explainCommand(one)?.problems.slice(0, 1) ?? []),
    partsTitle: "Step by step",
    parts: shown.map(
      (one) =>
        `\`${one.typed.slice(0, 80)}\`: ${explainCommand(one)?.what.split(/(?<=\.) /)[0] ?? "a command I can't explain"}`,
    ),
  };
}

/** Which containers and images the commands leave, as far as they name them. */
function inTheEnd(commands: readonly DockerCommand[]): string {
  const containers = new Map<string, string>();
  const images = new Set<string>();
  commands.forEach((command, at) => {
    const { verb, words, flags } = command;
    const own = valuesOf(command, "--name")[0] ?? `a container of ${words[0] ?? "an image"} (step ${at + 1})`;
    if (verb === "run" && !flags.some(({ name }) => name === "--rm"))
      containers.set(own, flags.some(({ name }) => name === "-d") ? "running" : "exited");
    if (verb === "create") containers.set(own, "created");
    if ((verb === "run" || verb === "create" || verb === "pull") && words[0]) images.add(words[0]);
    if (verb === "build") for (const name of valuesOf(command, "-t")) images.add(name);
    if (verb === "tag" && words[1]) images.add(words[1]);
    if (verb === "commit" && words[1]) images.add(words[1]);
    if (verb === "stop" || verb === "kill")
      for (const one of words) if (containers.has(one)) containers.set(one, "exited");
    if (verb === "start" || verb === "restart")
      for (const one of words) if (containers.has(one)) containers.set(one, "running");
    if (verb === "rm") for (const one of words) containers.delete(one);
    if (verb === "rmi") for (const one of words) images.delete(one);
  });
  const left = [...containers].map(([name, state]) => `\`${name}\` (${state})`).join(", ");
  return `In the end there ${containers.size === 1 ? "is the container" : "are the containers"} ${left || "none"}, and the images ${[...images].map((name) => `\`${name}\``).join(", ") || "none"}.`;
}
