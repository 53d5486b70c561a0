import { describe, expect, it } from "vitest";
import { parseConcept } from "../../src/curriculum/parse-concept.ts";
import { parseExperiment } from "../../src/curriculum/parse-experiment.ts";
import { parseLab } from "../../src/curriculum/parse-lab.ts";
import { parseMisconception, parseRedirect } from "../../src/curriculum/parse-note.ts";
import { parseQuestion } from "../../src/curriculum/parse-question.ts";
import type { Report } from "../../src/curriculum/problem.ts";

const card = `---
title: Image layers
skills: [read-layers]
aliases: [layer]
ask: [a1, a2, a3, a4, a5, a6, a7, a8]
errors: ['layer already exists']
related: [layer-sharing, build-cache]
sources: [https://docs.docker.com/build/]
---
An image is a stack of layers.

More about it.

## Example
See the layers.

\`\`\`console
$ docker history cake
…
\`\`\`

## Deeper
Terms and edges.
`;

const question = `---
concept: layers
level: easy
hint: Think of a stack.
---
What is a layer?

- [ ] A container
  misconception: image-is-container
- [x] A set of file changes
  That is what one build step adds.
- [ ] A volume
  Volumes live outside of images.
- [ ] A tag
  A tag is a name.

Layers are stacked to make an image.
`;

function read<T>(parse: (id: string, text: string, report: Report) => T, text: string) {
  const problems: string[] = [];
  const item = parse("layers", text, (line, message) => problems.push(`${line}: ${message}`));
  return { item, problems };
}

describe("a concept card", () => {
  it("is read into its parts", () => {
    const { item, problems } = read(parseConcept, card);
    expect(problems).toEqual([]);
    expect(item).toMatchObject({
      id: "layers",
      short: "An image is a stack of layers.",
      details: "More about it.",
      example: { intro: "See the layers.", console: "$ docker history cake\n…" },
      deeper: "Terms and edges.",
      complete: false,
      defines: [],
    });
  });

  it("reads the same with Windows line ends and a byte order mark", () => {
    expect(read(parseConcept, `\uFEFF${card.replaceAll("\n", "\r\n")}`).item).toEqual(read(parseConcept, card).item);
  });

  it.each([
    ["too few phrasings", card.replace(", a8", ""), "5: ask: write 8 to 12 phrasings"],
    [
      "a source without https",
      card.replace("https:", "http:"),
      "8: sources.0: a source is a full address that starts with https://",
    ],
    ["an unknown key", card.replace("aliases:", "alias:"), "1: front matter: unknown key alias"],
    [
      "a broken regular expression",
      card.replace("layer already exists", "layer ("),
      "6: errors.0: is not a valid regular expression",
    ],
    [
      "a long short answer",
      card.replace("An image is", `${"very ".repeat(60)}An image is`),
      "10: the short answer has 330 characters, at most 280 are allowed",
    ],
    [
      "an unknown heading",
      card.replace("## Deeper", "## Depth"),
      '22: unknown heading "Depth": use Example and Deeper',
    ],
    ["no front matter", "# Layers", "1: the file starts with front matter between two lines of ---"],
    ["broken YAML", card.replace("[layer]", "[layer"), /^\d+: the front matter is not valid YAML/],
  ])("names the line of %s", (_, text, message) => {
    const { item, problems } = read(parseConcept, text);
    expect(item).toBeUndefined();
    expect(problems).toContainEqual(typeof message === "string" ? message : expect.stringMatching(message));
  });

  it("lists every problem, not the first", () => {
    const text = card.replace(", a8", "").replace("https:", "http:").replace("Terms and edges.", "");
    expect(read(parseConcept, text).problems).toHaveLength(3);
  });
});

describe("a question", () => {
  it("is read with its options, reasons and explanation", () => {
    const { item, problems } = read(parseQuestion, question);
    expect(problems).toEqual([]);
    expect(item?.text).toBe("What is a layer?");
    expect(item?.explanation).toBe("Layers are stacked to make an image.");
    expect(item?.options).toEqual([
      { text: "A container", right: false, misconception: "image-is-container" },
      { text: "A set of file changes", right: true, why: "That is what one build step adds." },
      { text: "A volume", right: false, why: "Volumes live outside of images." },
      { text: "A tag", right: false, why: "A tag is a name." },
    ]);
  });

  it.each([
    ["no right answer", question.replace("[x]", "[ ]"), "8: no right answer is ticked"],
    [
      "two right answers",
      question.replace("- [ ] A tag", "- [x] A tag"),
      "8: 2 right answers are ticked, exactly one is allowed",
    ],
    ["a doubled option", question.replace("A volume", "a tag."), '14: the option "A tag" stands twice'],
    [
      "an option without a reason",
      question.replace("  A tag is a name.\n", ""),
      "14: under the option an indented line must say why, or name its misconception",
    ],
    [
      "all of the above",
      question.replace("A volume", "All of the above"),
      '12: "All of the above" is not allowed as an option',
    ],
    [
      "a missing explanation",
      question.replace("Layers are stacked to make an image.\n", ""),
      "17: the explanation is missing: the last paragraph, after the options",
    ],
  ])("names the line of %s", (_, text, message) => {
    const { item, problems } = read(parseQuestion, text);
    expect(item).toBeUndefined();
    expect(problems).toContain(message);
  });
});

describe("the smaller kinds", () => {
  it("reads an experiment into steps with parsed consoles", () => {
    const text = `---
title: Two
concept: layers
predict: {question: Which?, options: [a, b], answer: 2}
saw: [one, two]
---
It proves something.

## First
\`\`\`console
$ docker run -d cake
{id}
\`\`\`
It runs.

## Second
\`\`\`console
$ docker build -t slim - <<EOF
> FROM cake
> EOF
\`\`\`
It is built.
`;
    const { item, problems } = read(parseExperiment, text);
    expect(problems).toEqual([]);
    expect(item?.steps.map(({ title, console, meaning }) => [title, console[0]?.command, meaning])).toEqual([
      ["First", "docker run -d cake", "It runs."],
      ["Second", "docker build -t slim - <<EOF\nFROM cake\nEOF", "It is built."],
    ]);
    const wrong = read(parseExperiment, text.replace("answer: 2", "answer: 3"));
    expect(wrong.problems[0]).toContain("answer is the number of an option");
  });

  it("reads a lab's hints, check and solution", () => {
    const text = `---
title: First lab
concepts: [layers]
level: easy
minutes: 10
---
Make one.

## Run it
Start a container.

> Use run.

> Use \`docker run\`.

\`\`\`check
$ docker ps -q
…
\`\`\`
\`\`\`solution
$ docker run -d cake
\`\`\`
`;
    const { item, problems } = read(parseLab, text);
    expect(problems).toEqual([]);
    expect(item?.steps[0]).toMatchObject({ task: "Start a container.", hints: ["Use run.", "Use `docker run`."] });
    expect(item?.steps[0]?.solution[0]?.command).toBe("docker run -d cake");
    expect(read(parseLab, text.replace("> Use run.\n\n> Use `docker run`.\n", "")).problems[0]).toContain("0 hints");
  });

  it("refuses a misconception and a redirect that say too much", () => {
    const long = "word ".repeat(60);
    const misconception = `---\nbelieved: x\nconcept: layers\nexperiment: e\n---\n${long}`;
    expect(read(parseMisconception, misconception).problems[0]).toMatch(/^6: the correction has \d+ characters/);
    const redirect = `---\ntitle: x\nask: []\nwords: []\nsuggest: layers\n---\n${long}`;
    expect(read(parseRedirect, redirect).problems).toHaveLength(2);
  });
});
