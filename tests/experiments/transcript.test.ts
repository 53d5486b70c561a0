import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { compareOutput } from "../../src/curriculum/compare-output.ts";
import { fillPlaceholders, parseTranscript, showPlaceholders } from "../../src/curriculum/transcript.ts";

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

  it("agrees with plain patterns on every small text", () => {
    const want = fc.stringMatching(/^(?:[ab ]|…|\{x\}|\{y\}){1,7}$/);
    const gaps = fc.array(fc.oneof(want, fc.constant("…")), { minLength: 1, maxLength: 5 });
    const got = fc.array(fc.stringMatching(/^[ab ]{0,6}$/), { maxLength: 7 });
    fc.assert(
      fc.property(gaps, got, (expected, lines) => {
        const observed = lines.join("\n");
        expect(differs(expected, observed)).toBe(!plainly(expected, observed));
      }),
      { numRuns: 20_000 },
    );
  });

  const many = "a".repeat(60_000);
  it.each([
    ["one line a thousand times", ["recipe", "…", "topping"], "recipe\n".repeat(9000)],
    ["several gaps", ["…", "{a}", "…", "{b} {a}", "…", "{c}", "…", "end"], "x y\n".repeat(16_000)],
    [
      "gaps whose names have to come again",
      ["…", "{a} b", "…", "{a} c", "…", "{a} d"],
      Array.from({ length: 9000 }, (_, index) => `${index} b`).join("\n"),
    ],
    ["a line of one letter", ["…a…a…a…b"], many],
    ["names in a line of one letter", ["{a}{b}{c}x"], many],
    ["anything, then names", ["…{a}…{b}…{c}!"], many],
    ["a name that comes again in a long line", ["…{a}…{a}…!"], many],
    ["blanks", ["… … … x"], `${" ".repeat(60_000)}y`],
    ["no line at all", ["…", "a", "…", "b"], "\n".repeat(120_000)],
    ["more than is ever printed", ["…"], "a\n".repeat(400_000)],
  ])("compares in proportion to what was printed: %s", (_, expected, observed) => {
    const began = performance.now();
    compareOutput(expected, observed, new Map());
    expect(performance.now() - began).toBeLessThan(200);
  });
});

/** The same comparison in the plainest way, which takes exponential time. */
function plainly(expected: readonly string[], observed: string): boolean {
  const lines = observed.split("\n").map((line) => line.trimEnd());
  while (lines.at(-1) === "") lines.pop();
  const fits = (rest: readonly string[], at: number, bound: ReadonlyMap<string, string>): boolean => {
    const [want, ...more] = rest;
    if (want === undefined) return at === lines.length;
    if (want === "…") return lines.concat("").some((_, skip) => skip >= at && fits(more, skip, bound));
    const known = new Map(bound);
    const source = want.split(/(…|\{[xy]\})/).map((part) => {
      if (part === "…") return ".*?";
      const name = /^\{([xy])\}$/.exec(part)?.[1];
      if (name === undefined) return part.replace(/ +/g, " +");
      const value = known.get(name);
      if (value === undefined) known.set(name, `\\k<${name}>`);
      return value ?? `(?<${name}>\\S+)`;
    });
    const match = new RegExp(`^${source.join("")}$`).exec(lines[at] ?? "\n");
    return match !== null && fits(more, at + 1, new Map([...bound, ...Object.entries(match.groups ?? {})]));
  };
  return fits(expected, 0, new Map());
}
