import { posix } from "node:path";
import { quote } from "../../core/dispatch.ts";
import { daemonError } from "../../engine/cli-error.ts";
import type { ImageSettings } from "../../engine/engine.ts";
import { checkWorkdir } from "../check-workdir.ts";
import { checkLabel, checkUser } from "../create-own.ts";
import { LineRefusal } from "../line-refusal.ts";
import { execForm, splitQuoted } from "./parse-dockerfile.ts";

/**
 * What one instruction of settings changes in `before`: the new values whole, lists included.
 * Throws {@link CliError} in the builder's words and {@link LineRefusal}.
 */
export function readSettings(word: string, rest: string, before: ImageSettings): ImageSettings {
  switch (word) {
    case "ENV":
      return { env: mergeEnv(before.env ?? [], readPairs("ENV", rest)) };
    case "LABEL": {
      const pairs = readPairs("LABEL", rest);
      for (const [key] of pairs) checkLabel(key);
      return { labels: { ...before.labels, ...Object.fromEntries(pairs) } };
    }
    case "WORKDIR": {
      const [folder = ""] = splitQuoted(rest);
      if (!folder) throw daemonError("WORKDIR requires exactly one argument");
      return { workingDir: checkWorkdir(posix.resolve("/", before.workingDir ?? "/", folder)) };
    }
    case "USER":
      return { user: checkUser(rest) };
    case "EXPOSE":
      return { exposedPorts: [...new Set([...(before.exposedPorts ?? []), ...splitQuoted(rest).map(portOf)])] };
    case "CMD":
      return { cmd: execForm(rest) ?? ["/bin/sh", "-c", rest] };
    case "ENTRYPOINT":
      return { entrypoint: execForm(rest) ?? ["/bin/sh", "-c", rest] };
  }
  throw new LineRefusal(`\`${word}\` is not possible here.`, "dockerfile-build");
}

/** `A=b "C"="d e"`, or the old `A b c`. */
export function readPairs(word: string, rest: string): [string, string][] {
  const words = splitQuoted(rest);
  const [first = ""] = words;
  if (!first.includes("=")) {
    if (word === "ENV" && words.length > 1) return [[checkVariable(first), rest.slice(first.length).trim()]];
    throw daemonError(
      words.length > 1
        ? `Syntax error - can't find = in ${JSON.stringify(words[1] ?? "")}. Must be of the form: name=value`
        : `${word} must have two arguments`,
    );
  }
  return words.map((pair) => {
    const at = pair.indexOf("=");
    if (at < 0)
      throw daemonError(`Syntax error - can't find = in ${JSON.stringify(pair)}. Must be of the form: name=value`);
    const name = pair.slice(0, at);
    return [word === "ENV" ? checkVariable(name) : name, pair.slice(at + 1)];
  });
}

function checkVariable(name: string): string {
  if (/^[a-zA-Z_][a-zA-Z0-9_.-]{0,127}$/.test(name)) return name;
  throw new LineRefusal(
    `${quote(name)} cannot be the name of a variable here: letters, digits and \`_\`, please.`,
    "env-config",
  );
}

function mergeEnv(before: readonly string[], pairs: readonly [string, string][]): string[] {
  const env = new Map(before.map((one) => [one.slice(0, one.indexOf("=")), one] as const));
  for (const [name, value] of pairs) env.set(name, `${name}=${value}`);
  return [...env.values()];
}

function portOf(written: string): string {
  const [, port, protocol = "tcp"] = /^(\d{1,5})(?:\/(tcp|udp|sctp))?$/i.exec(written) ?? [];
  if (port === undefined || Number(port) > 65535) throw daemonError(`Invalid containerPort: ${written}`);
  return `${port}/${protocol.toLowerCase()}`;
}
