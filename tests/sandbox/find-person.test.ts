import { describe, expect, it } from "vitest";
import { findPerson } from "../../src/sandbox/life/find-person.ts";
import type { SandboxRow } from "../../src/sandbox/life/rows.ts";

const row = (learner: string, name: string) => ({ learner, name }) as SandboxRow;
const rows = [row("slack:T1:U7", "Ada"), row("discord:123456", "Lin")];

describe("the person whose sandbox is meant", () => {
  it.each([
    ["<@U7>", "slack:T1:U7"],
    ["<@U7|ada>", "slack:T1:U7"],
    ["<@!123456>", "discord:123456"],
    ["<@123456>", "discord:123456"],
    ["@ada", "slack:T1:U7"],
    ["LIN", "discord:123456"],
    ["discord:123456", "discord:123456"],
  ])("%s is %s", (typed, learner) => {
    expect(findPerson(rows, typed, "sandbox stop").learner).toBe(learner);
  });

  it("is asked for again, with the nearest name, when nobody is", () => {
    expect(() => findPerson(rows, "<@U8>", "sandbox stop")).toThrow(/Nobody called/);
    expect(() => findPerson(rows, "Lim", "sandbox stop")).toThrow(/Did you mean `Lin`/);
  });
});
