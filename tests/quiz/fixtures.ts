import type { Curriculum } from "../../src/curriculum/load.ts";
import type { Concept, Experiment, Misconception, Question } from "../../src/curriculum/schema.ts";

const concepts = ["image-layers", "writable-layer", "image-tags"];
const levels = ["easy", "medium", "hard"] as const;

/** A question with four options, the second right. */
export function question(id: string, concept: string, level: Question["level"], experiment?: string): Question {
  return {
    id,
    concept,
    level,
    hint: `The hint of ${id}.`,
    ...(experiment && { experiment }),
    text: `What is true about ${id}?`,
    options: [
      { text: `${id} is first`, right: false, why: `First is wrong in ${id}.` },
      { text: `${id} is second`, right: true, why: `Second is right in ${id}.` },
      { text: `${id} is third`, right: false, misconception: "running-image" },
      { text: `${id} is fourth`, right: false, why: `Fourth is wrong in ${id}.` },
    ],
    explanation: `Explained: ${id}.`,
  };
}

/** A small curriculum: three concepts with `perConcept` questions each, in turn easy, medium and hard. */
export function curriculum(perConcept = 6): Curriculum {
  const questions = concepts.flatMap((concept) =>
    Array.from({ length: perConcept }, (_, index) =>
      question(`${concept}-${index + 1}`, concept, levels[index % 3] ?? "easy"),
    ),
  );
  const predict = question("predict-1", "image-layers", "easy", "stop-keeps");
  return {
    concepts: byId([...concepts.map(card), card("empty-topic")]),
    questions: byId([...questions, predict]),
    misconceptions: byId<Misconception>([
      {
        id: "running-image",
        believed: "An image runs.",
        concept: "image-layers",
        experiment: "stop-keeps",
        correction: "An image never runs.",
      },
    ]),
    redirects: new Map(),
    experiments: byId([
      {
        id: "stop-keeps",
        title: "Stop keeps",
        concept: "image-layers",
        saw: ["The file was there.", "Nothing was lost."],
      } as unknown as Experiment,
    ]),
    labs: new Map(),
    path: new Map(),
    answers: new Map(),
    errors: new Map(),
    wording: new Map(),
  };
}

function card(id: string): Concept {
  const title = id.replaceAll("-", " ");
  const aliases = [id.split("-").at(-1) ?? id];
  return { id, title, aliases, short: `What ${title} are.`, sources: [] } as unknown as Concept;
}

function byId<T extends { id: string }>(items: T[]): Map<string, T> {
  return new Map(items.map((item) => [item.id, item]));
}
