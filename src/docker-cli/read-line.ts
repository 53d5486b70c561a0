import { quote } from "../core/dispatch.ts";
import { nearest } from "../core/nearest.ts";
import { CliError } from "../engine/cli-error.ts";
import { readFlags } from "./flags.ts";
import { groups, lineCommands, lineCommandsByName } from "./line-commands.ts";
import { LineRefusal } from "./line-refusal.ts";
import { refusedCommands } from "./refused-commands.ts";
import { refusedFlags } from "./refused-flags.ts";
import type { LineCommand } from "./session.ts";
import { tokenize } from "./tokenize.ts";

/** How many names one line may have, where the real program takes any number. */
const manyNames = 20;

/** A line that was read: which command, with which flags and words. */
export interface ReadLine {
  command: LineCommand;
  flags: Record<string, unknown>;
  args: string[];
  /** The text that came along. */
  input?: string;
}

/** A line that asks for help instead of doing something. */
export interface HelpLine {
  help: string;
}

/**
 * Reads a line that begins with `docker`. Throws {@link LineRefusal} for what a sandbox does not do and {@link CliError} in the
 * program's own words for what it would not understand, and nothing else.
 */
export function readLine(typed: string): ReadLine | HelpLine {
  const { words, input } = tokenize(typed.replace(/^\s*\$\s+/, "").trimStart());
  const [program, ...rest] = words;
  if (program?.toLowerCase() !== "docker")
    throw new LineRefusal("A docker line begins with `docker`, for example `docker ps`.");
  if (/^(--version|-v)$/.test(rest[0] ?? "")) return readLine("docker version");
  const [first, second] = rest;
  if (first === undefined || /^(help|--help|-h)$/.test(first)) return { help: overview() };
  refuseGlobal(first);
  const long = groups.has(first) && second !== undefined;
  const name = long ? `${first} ${second}` : first;
  const command = lineCommandsByName.get(name);
  if (!command) throw unknown(name, first, second);
  const given = rest.slice(long ? 2 : 1);
  const beforeWords = command.interspersed === false ? given.slice(0, firstWord(given)) : given;
  if (beforeWords.includes("--help")) return { help: describe(command) };
  const rules = {
    command: `docker ${name}`,
    usage: command.usage,
    flags: command.flags,
    interspersed: command.interspersed ?? true,
  };
  const { flags, args } = readFlags(rules, given);
  checkCount(command, name, args);
  return { command, flags, args, ...(input !== undefined && { input }) };
}

/** What the program adds when a flag's value does not fit. */
export function usageHint({ name, usage }: LineCommand): string {
  return `\n\nUsage:  ${usage}\n\nRun 'docker ${name} --help' for more information`;
}

/** The sub-commands that start with what was typed, for completion. */
export function completeCommand(typed: string): string[] {
  return [...lineCommandsByName.keys()].filter((name) => name.startsWith(typed.toLowerCase()));
}

function firstWord(given: readonly string[]): number {
  const at = given.findIndex((word) => !word.startsWith("-"));
  return at < 0 ? given.length : at;
}

function refuseGlobal(first: string): void {
  const refused = refusedFlags.find(
    ({ names, commands }) => commands.test("docker") && names.includes(first.replace(/=.*$/s, "")),
  );
  if (refused) throw new LineRefusal(`${quote(first)} is not possible in a sandbox: ${refused.why}`, refused.concept);
}

function unknown(name: string, first: string, second: string | undefined): Error {
  const refused =
    refusedCommands.find(({ names }) => names.includes(name)) ??
    refusedCommands.find(({ names }) => names.includes(first));
  if (refused) {
    const shown = refused.names.includes(name) ? name : first;
    return new LineRefusal(`\`docker ${shown}\` is not possible in a sandbox: ${refused.why}`, refused.concept);
  }
  if (groups.has(first)) {
    const own = [...lineCommandsByName.keys()].filter((one) => one.startsWith(`${first} `));
    const near = nearest(name, own, 1)[0];
    const known = own.map((one) => one.slice(first.length + 1)).join(", ");
    return new CliError(
      second === undefined
        ? `Usage:  docker ${first} COMMAND\n\nCommands: ${known}`
        : `docker: unknown command: docker ${name}\n\n${near ? `Did you mean \`docker ${near}\`?` : `Commands: ${known}`}`,
    );
  }
  const near = nearest(
    first,
    lineCommands.flatMap((one) => (one.name.includes(" ") ? [] : [one.name])),
    1,
  )[0];
  return new CliError(
    `docker: unknown command: docker ${first}\n\n${near ? `Did you mean \`docker ${near}\`?` : "Run 'docker --help' for more information"}`,
  );
}

function checkCount({ args: [least, most], usage }: LineCommand, name: string, args: readonly string[]): void {
  if (args.length >= least && args.length <= most) return;
  const open = most >= manyNames;
  if (args.length > most && open)
    throw new LineRefusal(`That is too many names for one line; ${manyNames} at most, please.`);
  const plural = (count: number) => `${count} argument${count === 1 ? "" : "s"}`;
  const atMost =
    least === most ? plural(least) : `${least === 0 ? "" : `at least ${least} and `}at most ${plural(most)}`;
  const wanted = most === 0 ? "accepts no arguments" : `requires ${open ? `at least ${plural(least)}` : atMost}`;
  throw new CliError(
    `docker: 'docker ${name}' ${wanted}\n\nUsage:  ${usage}\n\n${open ? "See" : "Run"} 'docker ${name} --help' for more information`,
  );
}

function overview(): string {
  const width = Math.max(...lineCommands.map(({ name }) => name.length)) + 2;
  return [
    "Usage:  docker COMMAND",
    "",
    "What a sandbox can do:",
    ...lineCommands.map(({ name, summary }) => `  ${name.padEnd(width)}${summary}`),
    "",
    "Run 'docker COMMAND --help' for more information on a command.",
  ].join("\n");
}

function describe({ usage, summary, flags, also = [], name }: LineCommand): string {
  const options = Object.entries(flags.shape).map(([long, schema]) => {
    const { short, kind } = (schema as { meta(): unknown }).meta() as { short?: string; kind: string };
    return `  ${short ? `-${short}, ` : "    "}--${long}${kind === "yes" ? "" : ` ${kind === "number" ? "int" : kind === "words" ? "list" : "string"}`}`;
  });
  return [
    `Usage:  ${usage}`,
    "",
    summary,
    ...(also.length
      ? ["", "Aliases:", `  ${[...also.map((one) => `docker ${one}`), `docker ${name}`].join(", ")}`]
      : []),
    ...(options.length ? ["", "Options:", ...options] : []),
  ].join("\n");
}
