import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { compareOutput, fillPlaceholders, parseTranscript, showPlaceholders } from "../../src/curriculum/transcript.ts";

const differs = (expected: string[], observed: string, bindings = new Map<string, string>()) =>
  compareOutput(expected, observed, bindings) !== null;

describe("a console transcript", () => {
  it("has typed commands, continued by >, and what must be seen", () => {
    expect(parseTranscript("$ docker build - <<EOF\n> FROM cake\n> EOF\nok\n\n$ docker ps\n")).toEqual([
      { command: "docker build - <<EOF\nFROM cake\nEOF", expected: ["ok"], line: 1 },
      { command: "docker ps", expected: [], line: 6 },
    ]);
    expect(() => parseTranscript("output first")).toThrow(/starts with a line that begins with "\$ "/);
  });

  it("accepts anything where nothing is expected", () => {
    expect(differs([], "whatever")).toBe(false);
  });

  it("lets … stand for a part of a line or for any lines", () => {
    expect(differs(["a … c"], "a b b c")).toBe(false);
    expect(differs(["first", "…", "last"], "first\n1\n2\nlast")).toBe(false);
    expect(differs(["first", "…", "last"], "first\nlast")).toBe(false);
    expect(differs(["first", "…", "last"], "first\n1\n2")).toBe(true);
  });

  it("holds a named placeholder to one value, also in later commands", () => {
    const bindings = new Map<string, string>();
    expect(differs(["{ada-id}"], "3f2c", bindings)).toBe(false);
    expect(fillPlaceholders("docker start {ada-id}", bindings)).toBe("docker start 3f2c");
    expect(differs(["id {ada-id}"], "id 3f2c", bindings)).toBe(false);
    expect(differs(["id {ada-id}"], "id 9999", bindings)).toBe(true);
    expect(differs(["{x} {x}"], "1 2")).toBe(true);
    expect(differs(["{x} {x}"], "1 1")).toBe(false);
  });

  it("leaves Go templates alone", () => {
    const command = "docker inspect --format '{{.Id}}' {ada}";
    expect(fillPlaceholders(command, new Map([["ada", "3f"]]))).toBe("docker inspect --format '{{.Id}}' 3f");
    expect(showPlaceholders(command)).toBe("docker inspect --format '{{.Id}}' <ada>");
  });

  it("notices every missing, extra or changed line", () => {
    fc.assert(
      fc.property(
        fc.array(fc.stringMatching(/^[a-z ]{1,8}[a-z]$/), { minLength: 1, maxLength: 6 }),
        fc.nat(),
        (lines, at) => {
          const index = at % lines.length;
          expect(differs(lines, lines.join("\n"))).toBe(false);
          expect(differs(lines, [...lines, "more"].join("\n"))).toBe(true);
          expect(differs(lines, lines.with(index, `${lines[index]}!`).join("\n"))).toBe(true);
          expect(differs([...lines, "more"], lines.join("\n"))).toBe(true);
        },
      ),
    );
  });
});
