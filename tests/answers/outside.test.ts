import { readFileSync } from "node:fs";
import { expect, it } from "vitest";
import { firstScreens } from "../../scripts/eval/first-screens.ts";

interface Question {
  id: string;
  text: string;
  in_scope: boolean;
}

const outside = ["own", "blind"]
  .flatMap((set) =>
    readFileSync(new URL(`../questions/${set}.jsonl`, import.meta.url), "utf8")
      .trim()
      .split("\n"),
  )
  .map((line) => JSON.parse(line) as Question)
  .filter((question) => !question.in_scope);

it("a question about another subject is declined on the first screen, and not answered beside the point", async () => {
  const answered: string[] = [];
  for await (const { id, says } of firstScreens(outside.map(({ id, text }) => ({ id, turns: [text] }))))
    if (/_?From a reviewed|Explained from what you pasted/.test(says)) answered.push(id);
  expect(outside.length).toBeGreaterThan(80);
  console.info(`${outside.length - answered.length} of ${outside.length} questions about other subjects were declined`);
  expect(answered.length / outside.length).toBeLessThanOrEqual(0.08);
});
