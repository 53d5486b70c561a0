import { readFileSync } from "node:fs";
import { createTutor } from "../src/answers/cards/tutor.ts";
import { ownContent } from "../src/app.ts";
import { openLibrary } from "../src/curriculum/library.ts";

const [file] = process.argv.slice(2);
if (!file) {
  console.error('Name a file of questions, one JSON line each: {"id": "q1", "text": "what is a layer"}');
  process.exit(2);
}
const tutor = createTutor(openLibrary([ownContent]));
tutor.find("opens the index, which the first question would otherwise wait for");
for (const line of readFileSync(file, "utf8").split("\n")) {
  if (!line.trim()) continue;
  const { id, text } = JSON.parse(line) as { id: string; text: string };
  const start = performance.now();
  const { ranked, outcome } = tutor.find(text);
  const ms = performance.now() - start;
  console.log(
    JSON.stringify({
      id,
      ranked: ranked.map(({ concept }) => concept),
      declined: outcome === "decline",
      ms: Math.round(ms * 1000) / 1000,
    }),
  );
}
