import { mkdirSync, mkdtempSync, readFileSync, rmSync, truncateSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, test } from "vitest";
import { indexAll } from "../../src/answers/cards/indexes.ts";
import { ownContent } from "../../src/app.ts";
import { atOnce } from "../../src/core/slices.ts";
import { keepContent, keptAnswers, keptErrors } from "../../src/curriculum/kept-content.ts";
import { loadCurriculum } from "../../src/curriculum/load.ts";
import { preparedFrom } from "../../src/curriculum/prepared.ts";

let dir: string;
let content: string;

beforeEach(() => {
  dir = mkdtempSync(join(tmpdir(), "prepared-"));
  content = join(dir, "content");
  mkdirSync(join(content, "answers"), { recursive: true });
  writeFileSync(join(content, "answers/layer.md"), "one");
});

afterEach(() => rmSync(dir, { recursive: true }));

const open = () => preparedFrom(content, join(dir, "kept"));

test("what was kept comes back the same", () => {
  const { answers, errors } = loadCurriculum({ dirs: [ownContent], whole: true });
  keepContent(open(), answers, errors);
  expect(keptAnswers(open())).toEqual(answers);
  const plain = (entries: typeof errors) => JSON.stringify([...entries.values()]);
  expect(plain(keptErrors(open()) ?? new Map())).toBe(plain(errors));
});

test("an index that was kept is the one that would be made", () => {
  const made = atOnce(indexAll(loadCurriculum({ dirs: [ownContent], whole: true })));
  open().write("index", made);
  expect(open().read("index")).toEqual(made);
});

test.each([
  ["changed", () => writeFileSync(join(content, "answers/layer.md"), "three")],
  ["added", () => writeFileSync(join(content, "answers/image.md"), "two")],
  ["removed", () => rmSync(join(content, "answers/layer.md"))],
])("nothing is taken from a file that was made before the content %s", (_, change) => {
  open().write("thing", { of: "before" });
  expect(open().read("thing")).toEqual({ of: "before" });
  change();
  expect(open().read("thing")).toBeUndefined();
});

test("a damaged file counts as none", () => {
  const kept = join(dir, "kept/thing.bin");
  open().write("thing", ["a", "b"]);
  truncateSync(kept, readFileSync(kept).length - 3);
  expect(open().read("thing")).toBeUndefined();
  writeFileSync(kept, "");
  expect(open().read("thing")).toBeUndefined();
});
