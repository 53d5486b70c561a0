import { describe, expect, it } from "vitest";
import type { Shown } from "../../../src/answers/conversation/memory.ts";
import { pressNamed } from "../../../src/answers/conversation/press-words.ts";

const answer: Shown[] = [
  { label: "Show me", press: "v1:show?experiment=layers-are-shared", style: "primary" },
  { label: "Quiz me on this", press: "v1:quiz solo?topic=layers" },
  { label: "Try it", press: "v1:sandbox try?concept=layers" },
  { label: "About Layers", press: "v1:concept?name=layers" },
  { label: "How big is a layer?", press: "v1:answer?of=layers.big" },
  { label: "What is a whiteout?", press: "v1:answer?of=layers.whiteout" },
  { label: "Helpful", press: "v1:feedback?about=layers&verdict=helpful" },
  { label: "Not helpful", press: "v1:feedback?about=layers&verdict=unhelpful" },
];
const sandbox: Shown[] = [
  { label: "Changes", press: "v1:sandbox changes" },
  { label: "Reset it", press: "v1:sandbox reset?sure=yes", style: "danger" },
  { label: "Stop sandbox", press: "v1:sandbox stop" },
];

describe("words that press what is on screen", () => {
  it.each([
    ["show me", "show"],
    ["Show me that!", "show"],
    ["quiz me", "quiz solo"],
    ["quiz me on this", "quiz solo"],
    ["try it", "sandbox try"],
    ["run it", "sandbox try"],
    ["more", "concept"],
    ["more details", "concept"],
    ["yes", "show"],
    ["helpful", "feedback"],
    ["How big is a layer", "answer"],
  ])("%s", (typed, command) => {
    expect(pressNamed(typed, answer)?.command).toBe(command);
  });

  it("take the second one among the other answers", () => {
    expect(pressNamed("the second one", answer)).toEqual({ command: "answer", options: { of: "layers.whiteout" } });
    expect(pressNamed("2nd", answer)?.options).toEqual({ of: "layers.whiteout" });
    expect(pressNamed("the fifth one", answer)).toBeUndefined();
  });

  it.each(["yes", "stop", "reset", "ok", "do it", "the second one", "the first"])("end nothing by %s", (typed) => {
    expect(pressNamed(typed, sandbox)?.command ?? "sandbox changes").toBe("sandbox changes");
  });

  it("end something by its full name", () => {
    expect(pressNamed("stop sandbox", sandbox)?.command).toBe("sandbox stop");
  });

  it.each(["", "…", "how do I show a layer?", "what is more", "yes but why?", "x".repeat(500)])(
    "leave %s alone",
    (typed) => {
      expect(pressNamed(typed, answer)).toBeUndefined();
    },
  );
});
