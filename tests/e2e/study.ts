import { setTimeout as sleep } from "node:timers/promises";
import type { Deed, Group, Post } from "./group.ts";

/** One person's answer to one question of a quiz, pressed until the bot has said that it is noted. */
export interface Answer {
  learner: string;
  /** The question's message. */
  message: string;
  letter: string;
  told: boolean;
}

const noted = /You chose \W*([A-E])\b/;
/** How often (ms) people look what is new. */
const glance = 50;
/** A control that did nothing is pressed again after this, in ms. */
const again = 2_000;

/**
 * People who study for as long as the test goes on, whatever becomes of the bot: they start quizzes, everybody answers every question, and
 * whoever is not told anything presses again once the bot is back.
 */
export function createStudy(group: Group, { questions }: { questions?: number } = {}) {
  const [lead = "", ...others] = group.people;
  const answers = new Map<string, Answer>();
  const deeds: Deed[] = [];
  let starts = 0;
  /** What was done in this life of the bot and when; a killed bot tells nobody anything. */
  let done = new Map<string, { deed: Deed; at: number }>();
  let closing = false;

  function once(key: string, act: () => Deed): Deed {
    const before = done.get(key);
    if (before && Date.now() - before.at < again) return before.deed;
    const deed = act();
    deeds.push(deed);
    done.set(key, { deed, at: Date.now() });
    return deed;
  }

  function look(): void {
    const posts = group.posts();
    const running = posts.find(
      ({ thread, text, buttons }) => !thread && /Quiz: /.test(text) && buttons.includes("Stop"),
    );
    if (!running) {
      if (!closing) once("start", () => startQuiz());
      return;
    }
    const question = posts.findLast(({ text }) => /Question \d+ of \d+/.test(text));
    if (question) play(question);
  }

  function startQuiz(): Deed {
    starts += 1;
    // Every third one has a second question.
    return group.command(lead, `quiz start topic:all questions:${questions ?? (starts % 3 ? 1 : 2)} pace:none`);
  }

  function play(question: Post): void {
    const letters = question.buttons.filter((label) => /^[A-E]$/.test(label));
    const told = group.people.map((who, at) => letters.length > 0 && answer(who, at, question, letters));
    const control = ["Resume", "Next"].find((label) => question.buttons.includes(label));
    if (letters.length > 0 && told.every(Boolean))
      once(`skip ${question.id}`, () => group.press(lead, question, "Skip"));
    else if (control) once(`${control} ${question.id}`, () => group.press(lead, question, control));
  }

  function answer(who: string, at: number, question: Post, letters: string[]): boolean {
    const key = `${who} ${question.id}`;
    const letter = letters[(at + answers.size) % letters.length] ?? "";
    const entry = answers.get(key) ?? { learner: group.learner(who), message: question.id, letter, told: false };
    answers.set(key, entry);
    if (entry.told) return true;
    const said = once(key, () => group.press(who, question, entry.letter)).told() ?? "";
    entry.told = noted.exec(said)?.[1] === entry.letter;
    return entry.told;
  }

  return {
    answers: () => [...answers.values()],
    starts: () => starts,
    /** Private answers that were given to somebody. */
    told: () => deeds.filter((deed) => deed.told() !== undefined).length,
    tried: () => deeds.length,
    /** Whether no quiz runs. */
    idle: () => !group.posts().some(({ thread, buttons }) => !thread && buttons.includes("Stop")),
    /** Starts no more quizzes. */
    close() {
      closing = true;
    },
    /** A new life of the bot: people study until `over`. */
    async live(over: AbortSignal): Promise<void> {
      done = new Map();
      const word = others.at(-1) ?? lead;
      while (!over.aborted) {
        look();
        if (!closing) once("look up", () => group.command(word, "concept layers"));
        await sleep(glance);
      }
    },
  };
}

export type Study = ReturnType<typeof createStudy>;
