import { describe, expect, it } from "vitest";
import { nearest } from "../../src/core/nearest.ts";

describe("the nearest name", () => {
  it.each([
    ["cap", "cat", true],
    ["dup", "cat", false],
    ["cad", "cats", false],
    ["quix", "quiz", true],
    ["topcsi", "topics", true],
    ["tpcsi", "topics", false],
    ["settingz", "settings", true],
    ["setinggz", "settings", true],
    ["stngzzz", "settings", false],
  ])("%s for %s: %s", (typed, name, found) => {
    expect(nearest(typed, [name])).toEqual(found ? [name] : []);
  });

  it("begins as it was typed, from three letters on", () => {
    expect(nearest("pic", ["picture"])).toEqual(["picture"]);
    expect(nearest("pi", ["picture"])).toEqual([]);
  });

  it("comes first of the nearest few, and each once", () => {
    expect(nearest("shop", ["ship", "shops", "shop", "shop", "chop", "stop"])).toEqual(["shop", "ship", "shops"]);
    expect(nearest("shop", ["ship", "shop"], 1)).toEqual(["shop"]);
  });
});
