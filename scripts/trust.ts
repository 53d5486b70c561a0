import { readdirSync, writeFileSync } from "node:fs";
import { createTutor } from "../src/answers/cards/tutor.ts";
import { type Figures, figuresFile, share } from "../src/answers/trust/figures.ts";
import { ownContent, recordings } from "../src/app.ts";
import { openLibrary } from "../src/curriculum/library.ts";
import { readRecording } from "../src/experiments/recording.ts";
import { heldOut } from "./trust/held-out.ts";
import { readQuestions } from "./trust/labelled.ts";

// Computes from the files of this project how often the tutor is right, and writes docs/accuracy.md and the figures that `trust` tells.
const library = openLibrary([ownContent]);
const tutor = createTutor(library);
const figures: Figures = {
  date: new Date().toISOString().slice(0, 10),
  topics: topics(),
  answers: heldOut(library.current, tutor),
  runs: runs(),
};
const page = pageOf(figures);
writeFileSync(figuresFile, `${JSON.stringify(figures)}\n`);
writeFileSync("docs/accuracy.md", page);
console.log(page);

function topics(): Figures["topics"] {
  const counts = { asked: 0, first: 0, firstThree: 0, outside: 0, declined: 0 };
  for (const name of ["own", "blind"]) {
    for (const { text, in_scope, concept, alternates } of readQuestions(
      new URL(`../tests/questions/${name}.jsonl`, import.meta.url),
    )) {
      const { ranked, outcome } = tutor.find(text);
      if (!in_scope) {
        counts.outside++;
        if (outcome === "decline") counts.declined++;
        continue;
      }
      const place = ranked.findIndex((one) => one.concept === concept || alternates.includes(one.concept));
      counts.asked++;
      if (place === 0) counts.first++;
      if (place >= 0 && place < 3) counts.firstThree++;
    }
  }
  return counts;
}

function runs(): Figures["runs"] {
  const found = readdirSync(recordings)
    .map((name) => readRecording(recordings, name.replace(/\.json$/, "")))
    .filter((recording) => recording !== undefined);
  return {
    experiments: found.length,
    engines: [...new Set(found.map(({ engine }) => engine))].sort(),
    latest:
      found
        .map(({ date }) => date)
        .sort()
        .at(-1) ?? "",
  };
}

function pageOf({ date, topics: asked, answers, runs: run }: Figures): string {
  return `# How often the tutor is right

Computed on ${date} from the files of this project; \`npm run trust\` does it again and writes this page.

| measured | result |
|---|---|
| questions of learners in our own test sets: the right topic comes first | ${share(asked.first, asked.asked)} |
| … it is among the first three | ${share(asked.firstThree, asked.asked)} |
| questions about something else: declined | ${share(asked.declined, asked.outside)} |
| every wording of every answer, asked while the search does not know it: that very answer is shown | ${share(answers.first, answers.asked)} |
| … another answer is shown, and that one is offered by its question | ${share(answers.offered, answers.asked)} |
| … nothing is shown (the tutor says that it does not know) | ${share(answers.none, answers.asked)} |
| … another answer is shown | ${share(answers.other, answers.asked)} |
| experiments whose every claim was run | ${run.experiments}, last on ${run.latest}, on Docker Engine ${run.engines.join(", ")} |

"Another answer" is not always a wrong one: many questions have two answers that help. The wordings were written by us, so people's own are harder.
`;
}
