import type { Linted } from "./lint.ts";
import type { Kind } from "./read-content.ts";
import { parseTranscript, type TranscriptStep } from "./transcript.ts";

const allowed = new Set(
  "run ps images exec logs diff commit history inspect tag rmi rm start stop restart kill rename top create cp build version".split(
    " ",
  ),
);
const refusedFlags = /\s(?:-p|-P|--publish(?:-all)?|-v|--volume|--mount|--network|--net)(?=[\s=]|$)/;

/** Experiments and labs use only what a sandbox allows, and a placeholder is seen before a command uses it. */
export function lintConsoles({ items, report }: Linted): void {
  for (const { id, steps } of items.experiments.values()) {
    const commands = steps.flatMap((step) => step.console);
    lintCommands(commands, "experiments", id, report);
    lintPlaceholders(commands, "experiments", id, report);
  }
  for (const { id, steps } of items.labs.values()) {
    lintCommands(
      steps.flatMap(({ check, solution }) => [...check, ...solution]),
      "labs",
      id,
      report,
    );
    for (const { title, check } of steps) {
      if (check.some(({ expected }) => !expected.length))
        report("labs", id, title, `a check of "${title}" shows nothing that must be seen`);
    }
  }
  for (const { id, example } of items.concepts.values())
    lintPlaceholders(parseTranscript(example.console), "concepts", id, report);
}

function lintCommands(steps: readonly TranscriptStep[], kind: Kind, id: string, report: Linted["report"]): void {
  for (const { command } of steps) {
    const first = command.split("\n")[0] ?? "";
    const [program, word = ""] = first.split(/\s+/);
    if (program !== "docker" || !allowed.has(word))
      report(kind, id, first, `"${first}" is not a docker line that a sandbox allows`);
    else if (word !== "exec" && refusedFlags.test(beforeImage(first)))
      report(kind, id, first, `"${first}" asks for a port, a volume or a network, which a sandbox refuses`);
  }
}

function beforeImage(command: string): string {
  return command.split(/\s(?:cake|sh)\b/)[0] ?? command;
}

function lintPlaceholders(steps: readonly TranscriptStep[], kind: Kind, id: string, report: Linted["report"]): void {
  const seen = new Set<string>();
  for (const { command, expected } of steps) {
    for (const name of placeholders(command)) {
      if (!seen.has(name))
        report(kind, id, `{${name}}`, `the placeholder {${name}} is used before anything printed it`);
    }
    for (const name of expected.flatMap(placeholders)) seen.add(name);
  }
}

function placeholders(text: string): string[] {
  return [...text.matchAll(/(?<!\{)\{([a-z][a-z0-9-]*)\}(?!\})/g)].map((match) => match[1] ?? "");
}
