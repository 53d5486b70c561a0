import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { z } from "zod";
import { defineCommand } from "../../src/core/command.ts";
import { reply } from "../../src/core/reply.ts";
import { leftoverOption, readText } from "../../src/core/text.ts";

const run = () => reply();
const commands = [
  defineCommand({
    name: "ask",
    summary: "",
    options: z.object({ question: z.string(), level: z.string().optional() }),
    positional: ["question"],
    run,
  }),
  defineCommand({
    name: "compare",
    summary: "",
    options: z.object({ first: z.string(), second: z.string() }),
    positional: ["first", "second"],
    run,
  }),
  defineCommand({ name: "topics", summary: "", options: z.object({}), claims: (rest) => rest === "", run }),
  defineCommand({ name: "quiz start", summary: "", options: z.object({ topic: z.string().optional() }), run }),
  defineCommand({ name: "quiz stop", summary: "", options: z.object({}), run }),
  defineCommand({
    name: "docker",
    summary: "",
    options: z.object({ line: z.string() }),
    positional: ["line"],
    claims: (rest) => /^(run|ps)\b/.test(rest) && !rest.endsWith("?"),
    run,
  }),
];
const read = (line: string) => readText(line, commands);

describe("a typed line", () => {
  it("that names no command is a question", () => {
    expect(read("why did my file vanish?")).toEqual({
      command: "ask",
      options: { question: "why did my file vanish?" },
    });
  });

  it("names a command of one or two words, with a slash or without", () => {
    expect(read("topics").command).toBe("topics");
    expect(read("/Topics").command).toBe("topics");
    expect(read("quiz start topic:layers")).toEqual({ command: "quiz start", options: { topic: "layers" } });
    expect(read('quiz  start topic:"writable layer"')).toEqual({
      command: "quiz start",
      options: { topic: "writable layer" },
    });
  });

  it("keeps the rest of the text as it stands, line breaks and quotes included", () => {
    const question = 'why does this fail?\n```\nFROM "x"  AS y\n```';
    expect(read(`ask ${question}`).options).toEqual({ question });
    expect(read(`ask level:deeper ${question}`).options).toEqual({ level: "deeper", question });
    expect(read("ask what is nginx:1.27 level:deeper").options).toEqual({
      level: "deeper",
      question: "what is nginx:1.27",
    });
  });

  it("takes off quotes that stand around the whole text, and no others", () => {
    expect(read("ask 'why so?'").options).toEqual({ question: "why so?" });
    expect(read("ask 'a' and 'b'").options).toEqual({ question: "'a' and 'b'" });
  });

  it("fills positional options in order, the last with the rest", () => {
    expect(read("compare image running container").options).toEqual({ first: "image", second: "running container" });
  });

  it("says which words fit no option instead of dropping them", () => {
    expect(read("quiz stop now").options).toEqual({ [leftoverOption]: "now" });
  });

  it("that only begins like a command is still a question", () => {
    expect(read("docker images shows five things, where are my containers?").command).toBe("ask");
    expect(read("docker ps is empty?").command).toBe("ask");
    expect(read("docker ps -a").command).toBe("docker");
    expect(read("topics I should learn first before Kubernetes").command).toBe("ask");
  });

  it("with a misspelt command asks what was meant", () => {
    expect(read("topcis")).toEqual({ command: "suggest", options: { typed: "topcis" } });
    expect(read("quizz start").command).toBe("suggest");
  });

  it("with the bare word of a group asks what is in it", () => {
    expect(read("quiz")).toEqual({ command: "help", options: { topic: "quiz" } });
  });

  it("never throws and never invents an option", () => {
    fc.assert(
      fc.property(fc.string({ unit: "binary", maxLength: 300 }), (line) => {
        const { command, options } = read(line);
        const known = [
          ...Object.keys(commands.find(({ name }) => name === command)?.options.shape ?? { typed: 1 }),
          leftoverOption,
        ];
        expect(Object.keys(options).every((name) => known.includes(name))).toBe(true);
      }),
    );
  });
});
