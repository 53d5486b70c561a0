import { describe, expect, it } from "vitest";
import { atOnce } from "../../src/core/slices.ts";
import { parseAnswers } from "../../src/curriculum/parse-answers.ts";
import { fillPlaceholders } from "../../src/curriculum/placeholders.ts";
import type { Problem } from "../../src/curriculum/problem.ts";
import { lintAnswers } from "../../src/curriculum/read-answers.ts";

const good = `---
sources:
  - https://docs.docker.com/engine/storage/volumes/
---
## How do I rename a volume?
- rename a docker volume
- "docker volume mv"
- my volume has a bad name

There is no rename. Copy the files into a new one.

\`\`\`sh
docker volume create {volume:data}
\`\`\`

Source: https://docs.docker.com/reference/cli/docker/volume/
`;

function read(text: string) {
  const problems: string[] = [];
  const answers = parseAnswers("volumes", text, (line, message) => problems.push(`${line}: ${message}`));
  return { answers, problems };
}

describe("a file of answers", () => {
  it("becomes one answer for each heading, with wordings, blocks and sources", () => {
    const { answers, problems } = read(good);
    expect(problems).toEqual([]);
    expect(answers).toEqual([
      {
        id: "volumes.how-do-i-rename-a-volume",
        concept: "volumes",
        question: "How do I rename a volume?",
        wordings: ["rename a docker volume", "docker volume mv", "my volume has a bad name"],
        parts: [
          { fence: null, text: "There is no rename. Copy the files into a new one.", line: 10 },
          { fence: "sh", text: "docker volume create {volume:data}", line: 13 },
        ],
        sources: [
          "https://docs.docker.com/reference/cli/docker/volume/",
          "https://docs.docker.com/engine/storage/volumes/",
        ],
      },
    ]);
  });

  it.each([
    ["no wordings", good.replace(/^- .*\n/gm, ""), "5: write 2 to 20 other wordings"],
    ["no sentence", good.replace(/^There.*\n/m, ""), "5: an answer begins with a sentence"],
    ["an unknown block", good.replace("```sh", "```ruby"), "13: a block is one of"],
    ["an unknown placeholder", good.replace("{volume:", "{planet:"), "13: {planet:data} is no placeholder"],
    ["no source", good.replace(/^sources:\n.*\n/m, "").replace(/^Source:.*\n/m, ""), "is missing"],
    ["a long question", good.replace("rename a volume?", "x".repeat(100)), "5: the question has"],
    ["text before the first question", good.replace("## How", "stray\n## How"), "5: this text belongs to no question"],
  ])("is refused with its line for %s", (_, text, message) => {
    const { problems } = read(text);
    expect(problems.join("\n")).toContain(message);
  });

  it("keeps apart answers whose questions begin alike", () => {
    const more = ["Docker and Podman", "Docker and Kubernetes", "Docker and Swarm"].map(
      (pair) =>
        `## What is the difference between ${pair}?\n- a wording of ${pair}\n- ${pair} again\n\nIt is told here.\n`,
    );
    const ids = read(`${good}\n${more.join("\n")}`).answers.map(({ id }) => id);
    expect(new Set(ids).size).toBe(4);
    expect(ids.every((id) => id.length <= "volumes.".length + 40)).toBe(true);
  });

  it("may not repeat a wording, nor speak of a concept that is not there", () => {
    const problems: Problem[] = [];
    const [answer] = read(good).answers;
    if (!answer) throw new Error("the sample is not read");
    const twice = [answer, { ...answer, question: "Another?", concept: "nowhere" }].map((one) => ({
      ...one,
      file: "f.md",
    }));
    atOnce(lintAnswers(twice, (concept) => concept === "volumes", problems));
    expect(problems.map(({ message }) => message).join("\n")).toMatch(
      /no concept called nowhere[\s\S]*already stands in f.md/,
    );
  });
});

describe("placeholders", () => {
  it("take the learner's own name, or else the one that is written there", () => {
    expect(fillPlaceholders("docker stop {container:web}", { container: "db" })).toBe("docker stop db");
    expect(fillPlaceholders("docker stop {container:web}")).toBe("docker stop web");
  });

  it("leave Go templates, shell variables and JSON alone", () => {
    const text = `docker ps --format '{{.Names}}' \${port:-80} {"image": 1} {a:b}`;
    expect(fillPlaceholders(text, { port: "1", image: "x" })).toBe(text);
  });
});
