import { describe, expect, it } from "vitest";
import { isUnfinished, readSpeaker } from "../../../src/platforms/terminal/read.ts";

describe("a line at the terminal", () => {
  it("is said by the person at the keyboard, who may do everything here", () => {
    expect(readSpeaker("help")).toMatchObject({
      person: { id: "terminal:you", moderator: true },
      named: false,
      text: "help",
    });
  });

  it("may be said by somebody else", () => {
    expect(readSpeaker("as Ada: quiz start")).toMatchObject({
      person: { id: "terminal:ada", name: "Ada", moderator: false },
      named: true,
      text: "quiz start",
    });
  });

  it("that only looks like a speaker is a question", () => {
    expect(readSpeaker("as far as I know: images are static").named).toBe(false);
  });

  it("goes on while a code fence or a here-document is open", () => {
    expect(isUnfinished("why?\n```\nFROM cake")).toBe(true);
    expect(isUnfinished("why?\n```\nFROM cake\n```")).toBe(false);
    expect(isUnfinished("docker build -t slim - <<EOF\nFROM cake")).toBe(true);
    expect(isUnfinished("docker build -t slim - <<EOF\nFROM cake\nEOF")).toBe(false);
    expect(isUnfinished("what does << mean")).toBe(false);
  });
});
