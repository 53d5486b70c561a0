import { fileURLToPath } from "node:url";
import { describe, expect, it } from "vitest";
import { createTutor } from "../../../src/answers/cards/tutor.ts";
import { readWish } from "../../../src/answers/conversation/wishes.ts";
import { loadCurriculum } from "../../../src/curriculum/load.ts";

const current = loadCurriculum({ dirs: [fileURLToPath(new URL("../../../content", import.meta.url))] });
const { concept } = createTutor({ current, onReload() {} });
const wish = (typed: string, has = false, about?: string) =>
  readWish(typed, {
    concept,
    has: () => has,
    memory: about ? { told: [], values: {}, controls: [], topic: { concept: about, question: "" } } : undefined,
  });

describe("wishes that name a feature", () => {
  it.each([
    ["quiz me on layers", "quiz solo", { topic: "layers" }],
    ["Can you test me about volumes?", "quiz solo", { topic: "volumes" }],
    ["quiz me", "quiz solo", {}],
    ["I want to practice", "lab list", {}],
    ["start a lab", "lab list", {}],
    ["give me a sandbox", "sandbox start", {}],
    ["what can you do?", "help", {}],
    ["help me", "help", {}],
    ["where do I start?", "topics", {}],
    ["learning path", "topics", {}],
    ["teach me docker", "topics", {}],
    ["I'm a complete beginner", "topics", {}],
  ])("%s", (typed, command, options) => {
    expect(wish(typed)).toEqual({ command, options });
  });

  it("lead to the path where there is one", () => {
    expect(wish("where should I start with docker", true)?.command).toBe("path");
  });

  it("are about what was talked about", () => {
    expect(wish("quiz me on this", false, "volumes")?.options).toEqual({ topic: "volumes" });
    expect(wish("show me layers")).toMatchObject({ command: "show" });
  });

  it.each([
    "how do I start a container?",
    "where do I start the container from?",
    "show me the logs of my container web",
    "help me with this error: no such container",
    "what can I do if the build is slow?",
    "give me an example of a volume",
    "path of the volume",
  ])("are not read into %s", (typed) => {
    expect(wish(typed)).toBeUndefined();
  });
});
