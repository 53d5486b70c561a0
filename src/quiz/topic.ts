import { nearest } from "../core/nearest.ts";
import type { Curriculum } from "../curriculum/load.ts";
import type { Question } from "../curriculum/schema.ts";

/** What a quiz is about. */
export interface Topic {
  /** For people, for example `Image layers`. */
  label: string;
  /** Concept ids; null means everything. */
  concepts: string[] | null;
}

const everything = /^(?:|all|any|anything|everything|mixed|docker)$/i;

/** Every concept that has questions. */
export function quizConcepts(curriculum: Curriculum): string[] {
  return [...new Set([...curriculum.questions.values()].map(({ concept }) => concept))];
}

/** Finds the topic a person means by id, title or alias; null with the nearest names when there is none with questions. */
export function findTopic(typed: string, curriculum: Curriculum): Topic | { near: { id: string; title: string }[] } {
  const wanted = plain(typed);
  if (everything.test(wanted)) return { label: "images and containers", concepts: null };
  const quizzed = new Set(quizConcepts(curriculum));
  const chapter = [...curriculum.path.values()].find(({ id, title }) => [plain(id), plain(title)].includes(wanted));
  if (chapter) return { label: chapter.title, concepts: chapter.concepts.filter((one) => quizzed.has(one)) };
  const names = new Map<string, string>();
  for (const concept of curriculum.concepts.values()) {
    if (!quizzed.has(concept.id)) continue;
    for (const name of [...concept.aliases, concept.title, concept.id]) names.set(plain(name), concept.id);
  }
  const id = names.get(wanted) ?? names.get(wanted.replace(/s$/, "")) ?? names.get(`${wanted}s`);
  if (id) return { label: titleOf(id, curriculum), concepts: [id] };
  const close = [
    ...nearest(wanted, names.keys(), 3),
    ...[...names.keys()].filter((name) => wanted && name.includes(wanted)),
  ];
  const ids = [...new Set(close.flatMap((name) => names.get(name) ?? []))].slice(0, 3);
  return { near: ids.map((near) => ({ id: near, title: titleOf(near, curriculum) })) };
}

/** A concept's title, or its id where the card is gone. */
export function titleOf(concept: string, curriculum: Curriculum): string {
  return curriculum.concepts.get(concept)?.title ?? concept;
}

/** The questions of a topic. */
export function questionsOf(topic: Pick<Topic, "concepts">, curriculum: Curriculum): Question[] {
  const wanted = topic.concepts && new Set(topic.concepts);
  return [...curriculum.questions.values()].filter(({ concept }) => !wanted || wanted.has(concept));
}

function plain(name: string): string {
  return name
    .toLowerCase()
    .replace(/[-_\s]+/g, " ")
    .trim();
}
