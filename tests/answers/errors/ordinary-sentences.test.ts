import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { expect, test } from "vitest";
import { createClinic } from "../../../src/answers/errors/clinic.ts";
import { loadCurriculum } from "../../../src/curriculum/load.ts";

const content = fileURLToPath(new URL("../../../content", import.meta.url));
/** What learners say that is no error: questions, chat, commands, files and the output of things that went well. */
const sentences = readFileSync(new URL("ordinary-sentences.txt", import.meta.url), "utf8")
  .trim()
  .split("\n");

test("no ordinary sentence is taken for an error", () => {
  const clinic = createClinic(loadCurriculum({ dirs: [content] }).errors.values());
  const taken = sentences.flatMap((sentence) => {
    const found = clinic.diagnose(sentence);
    return found ? [`${sentence} -> ${found.id}`] : [];
  });
  expect(taken).toEqual([]);
  expect(new Set(sentences).size).toBeGreaterThanOrEqual(200);
  console.log(`${sentences.length} ordinary sentences, ${taken.length} taken for an error`);
});
