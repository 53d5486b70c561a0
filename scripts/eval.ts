import { readFileSync } from "node:fs";
import { parseArgs } from "node:util";
import { createTutor } from "../src/answers/cards/tutor.ts";
import { ownContent } from "../src/app.ts";
import { openLibrary } from "../src/curriculum/library.ts";
import { type Case, firstScreens } from "./eval/first-screens.ts";

const usage = `npm run --silent eval -- FILE.jsonl            which cards are found for {"id": "q1", "text": "what is a layer"}
npm run --silent eval -- --answers FILE.jsonl  what the first screen says to {"id": "a1", "turns": ["what is a layer", "why?"]}

A file has one JSON object a line, and so has what is printed.`;

const { values, positionals } = parseArgs({ allowPositionals: true, options: { answers: { type: "boolean" } } });
const [file] = positionals;
if (!file) {
  console.error(usage);
  process.exit(2);
}
const lines = readFileSync(file, "utf8")
  .split("\n")
  .filter((line) => line.trim());
if (values.answers) await printScreens(lines.map((line) => JSON.parse(line) as Case));
else printCards(lines.map((line) => JSON.parse(line) as { id: string; text: string }));

async function printScreens(cases: Case[]): Promise<void> {
  for await (const screen of firstScreens(cases)) console.log(JSON.stringify(screen));
}

function printCards(questions: { id: string; text: string }[]): void {
  const tutor = createTutor(openLibrary([ownContent]));
  tutor.find("opens the index, which the first question would otherwise wait for");
  for (const { id, text } of questions) {
    const start = performance.now();
    const { ranked, outcome } = tutor.find(text);
    const ms = Math.round((performance.now() - start) * 1000) / 1000;
    console.log(
      JSON.stringify({ id, ranked: ranked.map(({ concept }) => concept), declined: outcome === "decline", ms }),
    );
  }
}
