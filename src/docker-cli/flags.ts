import { z } from "zod";
import { quote } from "../core/dispatch.ts";
import { CliError } from "../engine/cli-error.ts";
import { LineRefusal } from "./line-refusal.ts";
import { refusedFlags } from "./refused-flags.ts";

type Kind = "yes" | "word" | "words" | "number";

interface FlagMeta {
  kind: Kind;
  short?: string | undefined;
}

const meta = (kind: Kind, short?: string): FlagMeta & Record<string, unknown> => ({ kind, short });

/** A flag that is there or not. */
export const yes = (short?: string) => z.boolean().default(false).meta(meta("yes", short));
/** A flag with a value. */
export const word = (short?: string) => z.string().optional().meta(meta("word", short));
/** A flag that may be given several times. */
export const words = (short?: string) => z.array(z.string()).default([]).meta(meta("words", short));
/** A flag with a whole number. */
export const number = (short?: string) => z.int().optional().meta(meta("number", short));

/** What is known about a command while its flags are read. */
export interface FlagRules<F extends z.ZodObject> {
  /** `docker run`, for messages. */
  command: string;
  usage: string;
  flags: F;
  /** Flags may come after the first plain word; not so where a command for the container follows. */
  interspersed: boolean;
}

/**
 * Reads flags as the `docker` program does: long, short, joined, with `=`. Throws {@link CliError} with its words for what it does
 * not know, and {@link LineRefusal} for flags that a sandbox does not offer.
 */
export function readFlags<F extends z.ZodObject>(
  rules: FlagRules<F>,
  given: readonly string[],
): { flags: z.output<F>; args: string[] } {
  const known = knownFlags(rules.flags);
  const values = new Map<string, unknown>();
  const args: string[] = [];
  const left = [...given];
  const fail = (said: string): never => {
    throw new CliError(`${said}\n\nUsage:  ${rules.usage}\n\nRun '${rules.command} --help' for more information`, 125);
  };
  const put = (name: string, value: string, shown: string) => {
    const { kind } = known.get(name) ?? { kind: "word" };
    const invalid = (parser: string) =>
      fail(
        `invalid argument ${goQuote(value)} for ${goQuote(shown)} flag: ${parser}: parsing ${goQuote(value)}: invalid syntax`,
      );
    if (kind === "yes") {
      if (!/^(1|t|true|0|f|false)$/i.test(value)) invalid("strconv.ParseBool");
      values.set(name, /^(1|t)/i.test(value));
    } else if (kind === "number") {
      if (!/^[+-]?\d{1,9}$/.test(value)) invalid("strconv.ParseInt");
      values.set(name, Number(value));
    } else if (kind === "words") values.set(name, [...((values.get(name) as string[]) ?? []), value]);
    else values.set(name, value);
  };
  const show = (name: string) => (known.get(name)?.short ? `-${known.get(name)?.short}, --${name}` : `--${name}`);
  for (let next = left.shift(); next !== undefined; next = left.shift()) {
    if (next === "--") {
      args.push(...left.splice(0));
    } else if (next.startsWith("--")) {
      const [, name = "", value] = /^--([^=]*)(?:=([\s\S]*))?$/.exec(next) ?? [];
      const flag = known.get(name);
      if (!flag) {
        refuseFlag(rules.command, `--${name}`);
        fail(`unknown flag: --${name}`);
      } else if (value !== undefined) put(name, value, show(name));
      else if (flag.kind === "yes") values.set(name, true);
      else put(name, left.shift() ?? fail(`flag needs an argument: --${name}`), show(name));
    } else if (/^-./.test(next)) {
      readShort(next.slice(1));
    } else {
      args.push(next);
      if (!rules.interspersed) args.push(...left.splice(0));
    }
  }
  return { flags: rules.flags.parse(Object.fromEntries(values)) as z.output<F>, args };

  function readShort(cluster: string): void {
    for (let rest = cluster; rest; ) {
      const letter = rest.charAt(0);
      rest = rest.slice(1);
      const [name, flag] = [...known].find(([, { short }]) => short === letter) ?? [];
      if (name === undefined || !flag) {
        refuseFlag(rules.command, `-${letter}`);
        fail(`unknown shorthand flag: '${letter}' in -${cluster}`);
        return;
      }
      if (flag.kind === "yes" && !rest.startsWith("=")) {
        values.set(name, true);
        continue;
      }
      const value = rest ? rest.replace(/^=/, "") : left.shift();
      put(name, value ?? fail(`flag needs an argument: '${letter}' in -${cluster}`), show(name));
      return;
    }
  }
}

/** The long names of a command's flags, each with its kind and its letter. */
export function knownFlags(flags: z.ZodObject): Map<string, FlagMeta> {
  return new Map(
    Object.entries(flags.shape).map(([name, schema]) => [name, (schema as z.ZodType).meta() as unknown as FlagMeta]),
  );
}

function refuseFlag(command: string, flag: string): void {
  const refused = refusedFlags.find(({ names, commands }) => names.includes(flag) && commands.test(command));
  if (refused) throw new LineRefusal(`${quote(flag)} is not possible in a sandbox: ${refused.why}`, refused.concept);
}

/** A text in double quotes as Go's `%q` writes it. */
export function goQuote(text: string): string {
  return JSON.stringify(text);
}
