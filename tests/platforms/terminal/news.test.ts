import { describe, expect, it } from "vitest";
import { newsOf } from "../../../src/platforms/terminal/news.ts";

describe("what an edited reply prints again", () => {
  it("is only what is new, with its blank lines, and a blank line where something old was left out", () => {
    const before = "Title\n\n[now] One\n[wait] Two\n\n  [1] Stop";
    const after = "Title\n\n[done] One\n[now] Two\n\n    $ a\n    a\n\n    $ b\n\nIt means this.\n\n  [1] Stop";
    expect(newsOf(before, after)).toBe("[done] One\n[now] Two\n\n    $ a\n    a\n\n    $ b\n\nIt means this.");
  });

  it("holds a line that was there before once more when it is printed once more", () => {
    expect(newsOf("$ start ada\nada", "$ start ada\nada\n$ stop ada\nada")).toBe("$ stop ada\nada");
  });

  it("is nothing when nothing changed, and everything that follows in a text too long to compare", () => {
    expect(newsOf("a\n\nb", "a\n\nb")).toBe("");
    const long = (first: string) => [first, ...Array.from({ length: 2000 }, (_, at) => `line ${at}`)].join("\n");
    expect(newsOf(long("x"), long("y")).split("\n")).toHaveLength(2001);
  });
});
