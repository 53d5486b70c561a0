import { z } from "zod";
import type { Command } from "../../src/core/command.ts";
import { dockerLines } from "./docker-lines.ts";
import { kinds, lengths } from "./kinds.ts";
import { createRandom, type Random } from "./random.ts";

/** One hostile input and the way it comes in. */
export type Input = { kind: string } & (
  | { via: "text" | "slack" | "line"; typed: string }
  /** A question, and what is said after its answer. */
  | { via: "talk"; typed: string; next: string }
  | { via: "options"; command: string; options: Record<string, string> }
  | { via: "press"; encoded: string }
  | { via: "complete"; command: string; option: string; typed: string }
);

const questions = [
  "what is the difference between an image and a container?",
  "how do I copy a file from my computer into a container?",
  "is a container a virtual machine?",
  "my file is gone after I ran the container again, why?",
  'docker: Error response from daemon: Conflict. The container name "/web" is already in use',
];
const followUps = [
  "why?",
  "and the other way round?",
  "what about images?",
  "show me",
  "1",
  "yes",
  "how?",
  "explain that",
  "more",
  "quiz me on this",
  "and if it still fails?",
];

/** What runs long or touches the machine is called only with options that it refuses. */
export const neverRun = new Set(["doctor", "content reload"]);

/**
 * At least `many` inputs, the same for the same seed: every command, every option and every way in with every kind of text, then more of
 * them by chance.
 */
export function hostileInputs(commands: readonly Command[], { many, seed }: { many: number; seed: number }): Input[] {
  const random = createRandom(seed);
  const rounds = [() => everyText(commands, random), () => everyOption(commands, random), () => everyLine(random)];
  const inputs = rounds.flatMap((make) => make());
  for (let round = 0; inputs.length < many; round++) inputs.push(...(rounds[round % 2]?.() ?? []));
  return shuffled(inputs, random);
}

/** What an input says, in short, for reports. */
export function describeInput(input: Input): string {
  const { kind, via, ...rest } = input;
  const said = JSON.stringify(rest);
  return `${kind}, by ${via}: ${said.length > 160 ? `${said.slice(0, 160).toWellFormed()}… (${said.length} characters)` : said}`;
}

/** The same input with another last letter, so that nothing remembers it. */
export function varied(input: Input, letter: string): Input {
  const longer = (record: Record<string, string>) =>
    Object.fromEntries(
      Object.entries(record).map(([name, value]) => [name, value.length > 20 ? value + letter : value]),
    );
  switch (input.via) {
    case "text":
    case "slack":
    case "line":
      // A here-document ends with its last line.
      return /<<|```/.test(input.typed) ? input : { ...input, typed: input.typed + letter };
    case "options":
      return { ...input, options: longer(input.options) };
    case "talk":
      return { ...input, typed: input.typed + letter };
    case "press":
    case "complete":
      return input;
  }
}

function* everyKind(random: Random): Generator<{ kind: string; text: string }> {
  for (const [kind, make] of Object.entries(kinds)) yield { kind, text: make(random, random.pick(lengths)) };
}

function everyText(commands: readonly Command[], random: Random): Input[] {
  const inputs: Input[] = [];
  for (const length of lengths)
    for (const [kind, make] of Object.entries(kinds)) {
      inputs.push({ kind, via: "text", typed: make(random, length) });
      inputs.push({ kind, via: "slack", typed: make(random, length) });
      inputs.push({ kind, via: "text", typed: `${make(random, 30)} ${make(random, length)}` });
    }
  for (const { name } of commands) {
    if (neverRun.has(name)) continue;
    for (const { kind, text } of everyKind(random)) inputs.push({ kind, via: "text", typed: `${name} ${text}` });
  }
  for (const { kind, text } of everyKind(random)) {
    inputs.push({ kind, via: "text", typed: `ask level:deeper ${text}` });
    inputs.push({ kind, via: "text", typed: `why does this fail?\n\`\`\`\n${text}\n\`\`\`` });
    inputs.push({ kind, via: "text", typed: `$ ${text}` });
    inputs.push({ kind, via: "talk", typed: `${random.pick(questions)} ${text}`, next: random.pick(followUps) });
    inputs.push({ kind, via: "talk", typed: random.pick(questions), next: `${random.pick(followUps)} ${text}` });
    inputs.push({ kind, via: "slack", typed: `<@U1> ${text}` });
    inputs.push({ kind, via: "press", encoded: `v1:${random.pick(commands).name}?${text}`.slice(0, 120) });
    inputs.push({ kind, via: "press", encoded: text.slice(0, 120) });
  }
  return inputs;
}

function everyOption(commands: readonly Command[], random: Random): Input[] {
  const inputs: Input[] = [];
  for (const command of commands) {
    const { name } = command;
    const plain = plainOptions(command);
    for (const { kind, text } of everyKind(random)) {
      const stray = random.pick(["__proto__", "constructor", "…", "nothing", text.slice(0, 50)]);
      inputs.push({ kind, via: "options", command: name, options: { ...plain, [`${stray} `]: text } });
      for (const option of Object.keys(command.options.shape))
        inputs.push({ kind, via: "options", command: name, options: { ...plain, [option]: text } });
    }
    for (const option of Object.keys(command.complete ?? {}))
      for (const { kind, text } of everyKind(random))
        inputs.push({ kind, via: "complete", command: name, option, typed: text });
    for (const option of ["__proto__", "constructor", "nothing"])
      inputs.push({ kind: "names of objects", via: "complete", command: name, option, typed: option });
  }
  for (const { kind, text } of everyKind(random))
    inputs.push({ kind, via: "options", command: text, options: { a: text } });
  return inputs;
}

function everyLine(random: Random): Input[] {
  return dockerLines(random).map(({ kind, line }) => ({ kind, via: "line", typed: line }));
}

/** Values that a command's required options take. */
function plainOptions({ options }: Command): Record<string, string> {
  const schema = z.toJSONSchema(options, { io: "input", unrepresentable: "any" });
  const properties = (schema.properties ?? {}) as Record<string, { enum?: string[]; minimum?: number; type?: string }>;
  return Object.fromEntries(
    (schema.required ?? []).map((name) => {
      const { enum: choices, minimum } = properties[name] ?? {};
      return [name, choices?.[0] ?? (minimum === undefined ? "layers" : String(minimum))];
    }),
  );
}

function shuffled<T>(list: T[], random: Random): T[] {
  for (let at = list.length - 1; at > 0; at--) {
    const other = random.below(at + 1);
    [list[at], list[other]] = [list[other] as T, list[at] as T];
  }
  return list;
}
