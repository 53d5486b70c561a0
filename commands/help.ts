import type { z } from "zod";
import { z as zod } from "zod";
import { type Command, defineCommand } from "../src/core/command.ts";
import { quote } from "../src/core/dispatch.ts";
import { UserError } from "../src/core/errors.ts";
import { nearest } from "../src/core/nearest.ts";
import { type Block, button, controls, heading, press, type Reply, reply, text } from "../src/core/reply.ts";

export default defineCommand({
  name: "help",
  summary: "What you can do here",
  options: zod.object({
    topic: zod.string().trim().max(100).default("").describe("A command to explain, for example ask"),
  }),
  positional: ["topic"],
  examples: ["help", "help ask"],
  claims: (rest) => rest.split(/\s+/).length <= 2 && !/[?.!]$/.test(rest),
  complete: {
    topic: (typed, { services, person }) =>
      services
        .commands()
        .filter(({ name, hidden, moderator }) => !hidden && (!moderator || person.moderator) && name.startsWith(typed))
        .map(({ name }) => ({ label: name, value: name })),
  },
  run({ topic }, { services, person }): Reply {
    const all = services.commands().filter(({ hidden }) => !hidden);
    const commands = all.filter(({ moderator }) => !moderator || person.moderator);
    if (!topic) return overview(commands);
    const matching = all.filter(({ name }) => name === topic || name.startsWith(`${topic} `));
    if (matching.length) return reply(...matching.map((command) => text(explain(command))));
    const near = nearest(
      topic,
      commands.map(({ name }) => name),
    );
    throw new UserError(`There is no command ${quote(topic)}.${near.length ? " Did you mean one of these?" : ""}`, [
      ...near.map((name) => button(`help ${name}`, press("help", { topic: name }))),
      button("Help", press("help")),
    ]);
  },
});

/** The commands by what people want of them, in the order in which a learner meets them; each names first words. */
const groups: readonly { title: string; words: readonly string[] }[] = [
  { title: "Start here", words: ["path"] },
  { title: "Ask and read", words: ["ask", "concept", "compare", "explain", "topics", "show"] },
  { title: "Test yourself", words: ["quiz", "progress"] },
  { title: "Try it", words: ["lab", "docker", "sandbox"] },
  { title: "More", words: [] },
];

function grouped(commands: readonly Command[]): Block[] {
  const wordOf = ({ name }: Command) => name.split(" ")[0] ?? name;
  const placed = new Set(groups.flatMap(({ words }) => words));
  return groups.flatMap(({ title, words }) => {
    const here = words.length
      ? words.flatMap((word) => commands.filter((command) => wordOf(command) === word))
      : commands.filter((command) => !placed.has(wordOf(command)));
    const lines = here.map(({ name, summary }) => `- \`${name}\`: ${summary}`);
    return lines.length ? [text([`**${title}**`, ...lines].join("\n"))] : [];
  });
}

function overview(commands: Command[]): Reply {
  return reply(
    heading("Bakehouse, a tutor for Docker images and containers"),
    text(
      "Ask in your own words; paste the error if there is one. I answer from reviewed cards and say so when I do not know. New to Docker? `path` leads you step by step.",
    ),
    ...grouped(commands),
    controls(
      button("Learn step by step", press("path"), "primary"),
      button("Images and containers", press("concept", { name: "image-vs-container" })),
      button("All topics", press("topics")),
    ),
  );
}

function explain(command: Command): string {
  const options = Object.entries(command.options.shape).map(
    ([name, schema]) =>
      `- \`${name}\`${isOptional(schema) ? " (optional)" : ""}: ${(schema as z.ZodType).description ?? ""}`,
  );
  const examples = command.examples?.length
    ? [`For example: ${command.examples.map((one) => `\`${one}\``).join(", ")}`]
    : [];
  return [`**${command.name}**: ${command.summary}`, ...options, ...examples].join("\n");
}

function isOptional(schema: unknown): boolean {
  return (schema as z.ZodType).safeParse(undefined).success;
}
