import { cpSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setImmediate } from "node:timers/promises";
import { fileURLToPath } from "node:url";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { createTutor } from "../../src/answers/cards/tutor.ts";
import { openLibrary } from "../../src/curriculum/library.ts";
import { lintCurriculum } from "../../src/curriculum/lint.ts";
import { loadCurriculum } from "../../src/curriculum/load.ts";
import { CurriculumError, formatProblems } from "../../src/curriculum/problem.ts";

const own = fileURLToPath(new URL("../../content", import.meta.url));
let pack: string;

beforeEach(() => {
  pack = mkdtempSync(join(tmpdir(), "pack-"));
});

afterEach(() => {
  rmSync(pack, { recursive: true });
});

function put(path: string, text: string): void {
  mkdirSync(join(pack, path, ".."), { recursive: true });
  writeFileSync(join(pack, path), text);
}

const question = (right: string) => `---
concept: layers
level: easy
hint: Think of a stack of paper.
---
In our course, what did we call one sheet of the stack?

- [${right}] A layer
  One set of file changes.
- [ ] A container
  A container is started from an image.
- [ ] A volume
  Volumes live outside of images.
- [ ] A network
  Networks connect containers.

One sheet is one layer.
`;

describe("the content that comes with Bakehouse", () => {
  it("keeps every rule", () => {
    expect(formatProblems(lintCurriculum([own]))).toBe("");
  });

  it("has what issue pages promise: 50 concepts, 20 misconceptions, 14 redirects, 150 questions", () => {
    const content = loadCurriculum({ dirs: [own], whole: true });
    expect(content.concepts.size).toBeGreaterThanOrEqual(50);
    expect(content.misconceptions.size).toBeGreaterThanOrEqual(20);
    expect(content.redirects.size).toBeGreaterThanOrEqual(14);
    expect(content.questions.size).toBeGreaterThanOrEqual(150);
    for (const concept of content.concepts.keys()) {
      const asked = [...content.questions.values()].filter((each) => each.concept === concept);
      expect(asked.length, `questions about ${concept}`).toBeGreaterThanOrEqual(2);
    }
  });
});

describe("a pack of one's own", () => {
  it("adds to what is there", () => {
    put("questions/layers-77.md", question("x"));
    const content = loadCurriculum({ dirs: [own, pack] });
    expect(content.questions.get("layers-77")?.options).toHaveLength(4);
    expect(content.concepts.has("layers")).toBe(true);
  });

  it("is refused whole, with every problem's file and line", () => {
    put("questions/layers-77.md", question(" "));
    put("questions/layers-78.md", question("x").replace("concept: layers", "concept: nothing"));
    put("wording/nowhere.txt", "how do I nowhere");
    let caught: unknown;
    try {
      loadCurriculum({ dirs: [own, pack] });
    } catch (error) {
      caught = error;
    }
    expect(caught).toBeInstanceOf(CurriculumError);
    const message = String((caught as Error).message);
    expect(message).toMatch(/questions\/layers-77\.md:8: no right answer is ticked/);
    expect(message).toMatch(/questions\/layers-78\.md:2: there is no concepts\/nothing\.md/);
    expect(message).toMatch(/wording\/nowhere\.txt:1: there is no concept and no redirect called nowhere/);
  });

  it("that breaks later leaves the old one in place until it is mended", async () => {
    put("questions/layers-77.md", question("x"));
    const library = openLibrary([own, pack]);
    const before = library.current;
    let heard = 0;
    library.onReload(async () => () => void heard++);
    put("questions/layers-77.md", question(" "));
    await expect(library.reload()).rejects.toThrow(CurriculumError);
    expect(library.current).toBe(before);
    put("questions/layers-77.md", question("x").replace("one sheet of", "a single sheet of"));
    await library.reload();
    expect(library.current.questions.get("layers-77")?.text).toContain("a single sheet of");
    expect(heard).toBe(1);
  });
});

describe("a reload", () => {
  it("lets questions be answered while it goes on, by the old cards until all is ready", async () => {
    put("questions/layers-77.md", question("x"));
    const library = openLibrary([own, pack]);
    const tutor = createTutor(library);
    const before = library.current;
    expect(tutor.find("what is a layer?").outcome).toBe("answer");
    let turns = 0;
    let done = false;
    const reloading = library.reload().then((next) => {
      done = true;
      return next;
    });
    await setImmediate();
    while (!done) {
      turns++;
      expect(library.current).toBe(before);
      expect(tutor.find("what is a layer?").ranked[0]?.concept).toBe("layers");
      await setImmediate();
    }
    expect(await reloading).toBe(library.current);
    expect(library.current).not.toBe(before);
    // Every slice but the last is followed by a turn of the event loop.
    expect(turns).toBeGreaterThan(1);
  });

  it("waits for the one before", async () => {
    const library = openLibrary([own, pack]);
    const seen: string[] = [];
    library.onReload(async (next) => {
      seen.push("ready");
      return () => void seen.push(next === library.current ? "taught" : "too early");
    });
    await Promise.all([library.reload(), library.reload()]);
    expect(seen).toEqual(["ready", "taught", "ready", "taught"]);
  });
});

describe("the linter", () => {
  it("finds what only shows across files", () => {
    cpSync(join(own, "concepts"), join(pack, "concepts"), { recursive: true });
    put(
      "redirects/one.md",
      `---\ntitle: One\nask: [${phrasings("what are layers in a docker image")}]\nwords: [zork]\nsuggest: layers\n---\nNot mine.`,
    );
    put(
      "redirects/two.md",
      `---\ntitle: Two\nask: [${phrasings("zap")}]\nwords: [zork]\nsuggest: missing\n---\nNot mine.`,
    );
    put("misconceptions/m.md", "---\nbelieved: x\nconcept: layers\nexperiment: gone\n---\nNo.");
    const problems = formatProblems(lintCurriculum([pack])).split("\n");
    expect(problems).toContainEqual(
      expect.stringMatching(
        /redirects\/one\.md:3: the phrasing "what are layers in a docker image" already stands in concepts\/layers\.md/,
      ),
    );
    expect(problems).toContainEqual(
      expect.stringMatching(/redirects\/two\.md:4: the word "zork" already stands in redirects\/one\.md/),
    );
    expect(problems).toContainEqual(expect.stringMatching(/redirects\/two\.md:5: there is no concepts\/missing\.md/));
    expect(problems).toContainEqual(
      expect.stringMatching(/misconceptions\/m\.md:4: there is no experiments\/gone\.md/),
    );
  });

  it("refuses a bank whose right options are the longest or always stand first", () => {
    for (let n = 10; n < 60; n++)
      put(
        `questions/layers-${n}.md`,
        question("x").replace("A layer", `A layer, the longest of all ${n}`).replace("our course", `course ${n}`),
      );
    const problems = formatProblems(lintCurriculum([pack]));
    expect(problems).toMatch(/the right option is the longest in 50 of 50 questions, at most 20 are allowed/);
    expect(problems).toMatch(/the right option stands at place 1 in 50 of 50 questions, at most 16 are allowed/);
  });

  it("refuses commands that a sandbox refuses and placeholders nobody printed", () => {
    put(
      "experiments/bad.md",
      `---\ntitle: Bad\nconcept: layers\npredict: {question: q, options: [a, b], answer: 1}\nsaw: [one, two]\n---\nProves it.\n\n## One\n\`\`\`console\n$ docker run -p 80:80 cake\n\`\`\`\nIt runs.\n\n## Two\n\`\`\`console\n$ docker stop {id}\n$ docker volume ls\n\`\`\`\nIt stops.\n`,
    );
    const problems = formatProblems(lintCurriculum([pack]));
    expect(problems).toMatch(/bad\.md:11: .*asks for a port, a volume or a network/);
    expect(problems).toMatch(/bad\.md:17: the placeholder \{id\} is used before anything printed it/);
    expect(problems).toMatch(/bad\.md:18: "docker volume ls" is not a docker line that a sandbox allows/);
  });
});

function phrasings(first: string): string {
  return [first, ...Array.from({ length: 11 }, (_, index) => `${first} number ${index}`)].join(", ");
}
