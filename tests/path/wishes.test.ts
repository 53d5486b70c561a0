import { describe, expect, it } from "vitest";
import { readWish } from "../../src/answers/conversation/wishes.ts";

const wish = (typed: string) => readWish(typed, { concept: () => undefined, has: () => true, memory: undefined });

describe("words that ask to be led", () => {
  it.for([
    "where do I start?",
    "Where should I begin with Docker?",
    "learning path",
    "teach me docker",
    "I am a beginner",
    "I'm new to docker",
    "hi, I am a complete beginner in docker",
    "I want to learn docker from scratch",
    "what should I learn first?",
    "getting started with docker",
    "is there a roadmap?",
  ])("%s leads to the path", (typed) => {
    expect(wish(typed)).toEqual({ command: "path", options: {} });
  });

  it.for(["where do I start a container?", "what is PATH in a container", "learning path of containers in kubernetes"])(
    "%s is a question",
    (typed) => {
      expect(wish(typed)).toBeUndefined();
    },
  );
});
