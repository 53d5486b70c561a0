import { expect, test } from "vitest";
import { mutantsOf } from "../../scripts/mutate/mutants.ts";

const lines = (source: string) => mutantsOf(source).map(({ after }) => after);

test("limits, conditions, numbers and guards are changed, one at a time", () => {
  expect(lines("if (count >= 20) return false;")).toEqual([
    "if (count > 20) return false;",
    "if (count >= 21) return false;",
    "if (false && count >= 20) return false;",
    "if (count >= 20) return true;",
  ]);
});

test("strings, patterns, comments and types are left alone", () => {
  expect(lines('const said = "1 < 2 && 3 === 3"; // if (x < 4)')).toEqual([]);
  expect(lines("const found = text.match(/ < 1 && /);")).toEqual([]);
  expect(lines("/** At most 20 if (so) */\nimport { a } from 'b';\n  type A = 1 | 2;")).toEqual([]);
});

test("a change touches its own line and nothing else", () => {
  const [mutant] = mutantsOf("const a = 1;\nreturn true;\nconst b = 2;");
  expect(mutant).toMatchObject({ line: 1, before: "const a = 1;", source: "const a = 2;\nreturn true;\nconst b = 2;" });
});
