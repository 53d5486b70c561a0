import { describe, expect, it } from "vitest";
import { button, press } from "../../../src/core/reply.ts";
import { createOffered } from "../../../src/platforms/terminal/offered.ts";

const control = (label: string) => button(label, press("test", { label }));

describe("what can be pressed at the terminal", () => {
  it("is what everybody was shown last, by number or by label", () => {
    const offered = createOffered();
    offered.offer([control("A"), control("B")]);
    expect(offered.find("2", "ada")).toMatchObject({ label: "B" });
    expect(offered.find("a", "lin")).toMatchObject({ label: "A" });
    expect(offered.find("3", "ada")).toBeUndefined();
  });

  it("is, for one person, what only they were shown after that", () => {
    const offered = createOffered();
    offered.offer([control("A")]);
    offered.offer([control("Mine")], "ada");
    expect(offered.find("1", "ada")).toMatchObject({ label: "Mine" });
    expect(offered.find("1", "lin")).toMatchObject({ label: "A" });
    expect(offered.find("a", "ada")).toMatchObject({ label: "A" });
    offered.offer([control("Next")]);
    expect(offered.find("1", "ada")).toMatchObject({ label: "Next" });
  });
});
