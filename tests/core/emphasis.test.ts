import { describe, expect, it } from "vitest";
import { emphasise } from "../../src/core/emphasis.ts";
import { prose } from "../../src/platforms/discord/draw/safe.ts";
import { toMrkdwn } from "../../src/platforms/slack/draw/mrkdwn.ts";

const cases = [
  ["Layers never change.", "_Layers never change._"],
  ["The tar holds an empty entry `.wh.x`.", "_The tar holds an empty entry_ `.wh.x`."],
  ["`COPY`: it copies (see `ADD`) files", "`COPY`: _it copies (see_ `ADD`) _files_"],
  ["`a_b`", "`a_b`"],
  ["my_file stays", "my_file stays"],
  ["one\ntwo", "_one_\n_two_"],
  ["", ""],
] as const;

describe("a text in italics", () => {
  it.each(cases)("of %j keeps code outside of the marks", (text, marked) => {
    expect(emphasise(text)).toBe(marked);
  });

  it("shows no mark as a sign on any platform", () => {
    const text = emphasise("The tar holds an empty entry `.wh.x` (see `ADD`): so it is.");
    expect(toMrkdwn(text)).toBe("_The tar holds an empty entry_ `.wh.x` (_see_ `ADD`): _so it is._");
    expect(prose(text)).toBe("_The tar holds an empty entry_ `.wh.x` (_see_ `ADD`): _so it is._");
  });
});
