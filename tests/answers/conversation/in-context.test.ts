import { fileURLToPath } from "node:url";
import { describe, expect, it } from "vitest";
import { createTutor } from "../../../src/answers/cards/tutor.ts";
import { inContext } from "../../../src/answers/conversation/in-context.ts";
import { blank } from "../../../src/answers/conversation/memory.ts";
import { loadCurriculum } from "../../../src/curriculum/load.ts";

const current = loadCurriculum({ dirs: [fileURLToPath(new URL("../../../content", import.meta.url))] });
const tutor = createTutor({ current, onReload() {} });

/** What is found for the second of two questions. */
function goOn(first: string, second: string) {
  const found = inContext(first, undefined, { tutor, curriculum: current }).matches[0]?.answer;
  const topic = { concept: found?.concept ?? "", answer: found?.id ?? "", question: first };
  const memory = { ...blank, told: [topic.answer], topic };
  return inContext(second, memory, { tutor, curriculum: current });
}

describe("a question that goes on from another", () => {
  it.each([
    ["how do I create a volume?", "and how do I delete it?", /delete.*volume/i],
    ["what is a volume?", "how do I list them?", /list.*volumes/i],
    ["how do I rename a container?", "what about a volume?", /rename.*volume/i],
    ["how do I limit the memory of a container?", "and cpu?", /limit.*cpu/i],
    ["how do I list running containers?", "and the stopped ones?", /stopped/i],
    ["how do I copy a file into a container?", "and the other way round?", /from a container/i],
    ["what is a healthcheck?", "how do I add one?", /health check/i],
    ["what is a registry?", "can I run my own?", /my own registry/i],
    ["how do I mount a folder into a container?", "and on windows?", /windows/i],
    ["what is the difference between COPY and ADD?", "so which one is better?", /COPY and ADD/],
  ])("%s … %s", (first, second, answered) => {
    const { concept, matches } = goOn(first, second);
    expect(matches[0]?.answer.question).toMatch(answered);
    expect(concept).toBe(matches[0]?.answer.concept);
  });

  it.each(["why not?", "how so?"])("%s asks for the reason", (second) => {
    const { concept, question } = goOn("is a container just a small VM?", second);
    expect(question).toContain("why is a container just a small VM");
    expect(concept).toBe("container-vs-vm");
  });

  it.each([
    "thanks",
    "how do I push an image to Docker Hub?",
    "comment supprimer un conteneur ?",
    "rebase or merge in git?",
  ])("is not %s", (second) => {
    expect(goOn("how do I create a volume?", second).concept).toBeUndefined();
  });
});
