import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { LineRefusal } from "../../src/docker-cli/line-refusal.ts";
import { compileTemplate } from "../../src/docker-cli/template/render.ts";
import { TemplateError } from "../../src/docker-cli/template/template-error.ts";

const data = { Id: "abc", State: { Running: true, ExitCode: 3 }, List: ["a", "b"], Map: { b: 2, a: 1 }, None: null };
const fill = (source: string) =>
  compileTemplate(source, (field) => ({ error: `map has no entry for key "${field}"` }))(data);
const failure = (source: string) => {
  try {
    fill(source);
  } catch (error) {
    if (error instanceof TemplateError) return error.shown;
    throw error;
  }
  throw new Error("did not fail");
};

describe("Go templates", () => {
  test.each([
    ["{{.Id}} and {{.State.Running}}", "abc and true"],
    ["{{json .}}", JSON.stringify(data)],
    ["{{len .List}} {{len .None}} {{len .Id}}", "2 0 3"],
    ["{{range .List}}[{{.}}]{{end}}", "[a][b]"],
    ["{{range $i, $e := .List}}{{$i}}={{$e}} {{end}}", "0=a 1=b "],
    ["{{range $k, $v := .Map}}{{$k}}{{$v}}{{end}}", "a1b2"],
    ["{{range .None}}x{{else}}none{{end}}", "none"],
    ["{{if .State.Running}}up{{else}}down{{end}}", "up"],
    ["{{if eq .State.ExitCode 1}}one{{else if gt .State.ExitCode 2}}many{{else}}few{{end}}", "many"],
    ["{{with .State}}{{.ExitCode}} {{$.Id}}{{end}}", "3 abc"],
    ['{{ .Id | upper | printf "%q" }}', '"ABC"'],
    ['{{index .List 1}}{{index .Map "a"}}', "b1"],
    ['{{join .List ", "}}', "a, b"],
    ["{{(index .List 0)}}", "a"],
    ["a {{- .Id -}} b", "aabcb"],
    ["{{/* nothing */}}x", "x"],
    ["{{.List}} {{.Map}}", "[a b] map[a:1 b:2]"],
    ["{{$x := .Id}}{{$x}}{{println .Id}}", "abcabc\n"],
    ["{{not .State.Running}} {{and .Id .List}} {{or .None .Id}}", "false [a b] abc"],
    ['{{.Id}}\\t{{"}}"}}', "abc\t}}"],
  ])("%s gives what Go gives", (source, expected) => {
    expect(fill(source)).toBe(expected);
  });

  test.each([
    ["{{", "template: :1: unclosed action"],
    ["{{.Id", "template: :1: unclosed action"],
    ["{{end}}", "template: :1: unexpected {{end}}"],
    ["{{if .Id}}", "template: :1: unexpected EOF"],
    ["{{nosuch .Id}}", 'template: :1: function "nosuch" not defined'],
    ["{{.Nope}}", 'template: :1:2: executing "" at <.Nope>: map has no entry for key "Nope"'],
  ])("%s fails in Go's words", (source, said) => {
    expect(failure(source)).toBe(said);
  });

  const doubled = (make: string) => `{{$a := "${"a".repeat(16)}"}}${`{{$a := ${make}}}`.repeat(40)}`;
  test.each([
    ["loops in loops", `${"{{range $.List}}".repeat(40)}x${"{{end}}".repeat(40)}`, "too many steps"],
    [
      "a loop over what a loop made",
      `{{$l := split "${"a ".repeat(1500)}" " "}}{{range $l}}{{range $l}}{{end}}{{end}}`,
      "steps",
    ],
    ["a variable that is printed twice into itself", doubled("print $a $a"), "more text than fits"],
    ["println", doubled("println $a $a $a"), "more text than fits"],
    ["printf", doubled('printf "%s%s" $a $a'), "more text than fits"],
    ["printf with widths", doubled('printf "%200s%200s%200s%200s%200s%s%s" 1 1 1 1 1 $a $a'), "more text than fits"],
    ["join", doubled('join (split $a "") $a'), "more text than fits"],
    ["a list joined by a long text", doubled('join (split (printf "%s,%s" $a $a) ",") $a'), "more text than fits"],
    ["json of json", doubled("json (json $a)"), "more text than fits"],
    ["split, then its printed form", doubled('print $a (split $a "a")'), "more text than fits"],
    [
      "the same long value printed again and again",
      `{{$a := "${"a".repeat(3000)}"}}${"{{$a}}".repeat(500)}`,
      "prints more than fits",
    ],
    [
      "the same long value looked at again and again",
      `{{$a := "${"a".repeat(3000)}"}}{{$a := print $a $a $a $a $a $a $a $a $a $a}}${"{{len $a}}".repeat(100)}`,
      "more text than fits",
    ],
  ])("%s comes to an end in words, with little memory and in little time", (_, source, said) => {
    const before = process.memoryUsage().heapUsed;
    expect(() => fill(source)).toThrow(LineRefusal);
    expect(() => fill(source)).toThrow(new RegExp(said));
    expect(process.memoryUsage().heapUsed - before).toBeLessThan(64 * 1024 * 1024);
  });

  test("one budget is for all rows of a line", () => {
    const template = compileTemplate(`{{printf "%s" .Id}}${"{{len .Id}}".repeat(200)}`, () => ({ value: "" }));
    const fillMany = () => Array.from({ length: 200 }, () => template(data));
    expect(fillMany).toThrow(LineRefusal);
  });

  test("any text is filled in or fails with a template error", () => {
    const parts = fc.constantFrom(
      "{{",
      "}}",
      ".Id",
      ".",
      "range",
      "if",
      "end",
      "else",
      "with",
      "json",
      "len",
      "index",
      "$x",
      ":=",
      "(",
      ")",
      "|",
      '"a"',
      "'",
      "`",
      "1",
      " ",
      "-",
      "printf",
      "and",
      "nil",
      ".List",
    );
    fc.assert(
      fc.property(
        fc.oneof(
          fc.string({ maxLength: 200 }),
          fc.array(parts, { maxLength: 30 }).map((list) => list.join(" ")),
          fc.array(parts, { maxLength: 12 }).map((list) => `{{${list.join(" ")}}}`),
        ),
        (source) => {
          try {
            expect(typeof fill(source)).toBe("string");
          } catch (error) {
            if (!(error instanceof TemplateError || error instanceof LineRefusal)) throw error;
          }
        },
      ),
      { numRuns: 3000 },
    );
  });
});
