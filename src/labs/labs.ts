import { UserError } from "../core/errors.ts";
import { button, press } from "../core/reply.ts";
import type { Library } from "../curriculum/library.ts";
import type { Lab, LabStep } from "../curriculum/schema.ts";
import type { Store } from "../store/store.ts";
import { checkStep, type RunLine, type Verdict } from "./check.ts";
import { allProgress, currentProgress, type LabProgress, saveProgress } from "./progress.ts";

declare module "../core/context.ts" {
  interface Services {
    labs: Labs;
  }
}

/** A person's place in a lab. `index` counts from 0. */
export interface Position {
  lab: Lab;
  step: LabStep;
  index: number;
  /** Hints already seen of this step. */
  hints: number;
}

/** What a check led to. */
export interface Judgement {
  verdict: Verdict;
  lab: Lab;
  /** The step that was judged, from 0. */
  index: number;
  /** Where the person is now; absent when the lab is finished. */
  next?: Position;
}

/** Labs: hands-on work in the learner's own sandbox, kept in the store so that it goes on after days and restarts. */
export interface Labs {
  list(person: string): Promise<{ lab: Lab; state: "new" | "begun" | "done" }[]>;
  /** Begins a lab, or goes on with it. */
  start(lab: Lab, person: string): Promise<Position>;
  /** The lab a person is in. Throws a UserError when there is none. */
  position(person: string): Promise<Position>;
  /** As `position`, or undefined when there is none. */
  find(person: string): Promise<Position | undefined>;
  /** The next hint of the current step, the last one again when all were seen. */
  hint(person: string): Promise<{ position: Position; hint: string }>;
  /** Judges the current step by what `run` sees among the person's own containers, and moves on when it is passed. */
  check(person: string, run: RunLine): Promise<Judgement>;
  stop(person: string): Promise<Lab>;
}

export interface LabParts {
  library: Library;
  store: Store;
}

export function createLabs({ library, store }: LabParts): Labs {
  const save = (progress: LabProgress) => store.write((tx) => saveProgress(tx, progress));
  const fresh = (lab: Lab, person: string): LabProgress => ({
    person,
    lab: lab.id,
    step: 0,
    hints: 0,
    done: 0,
    at: store.now(),
  });

  function positionOf({ lab: id, step: at, hints }: LabProgress): Position | undefined {
    const lab = library.current.labs.get(id);
    const step = lab?.steps[at];
    return lab && step ? { lab, step, index: at, hints } : undefined;
  }

  async function current(person: string): Promise<{ progress: LabProgress; position: Position }> {
    const progress = await currentProgress(store, person);
    const position = progress && positionOf(progress);
    if (progress && position) return { progress, position };
    throw new UserError("You are in no lab right now. `lab list` shows them all.", [
      button("All labs", press("lab list")),
    ]);
  }

  return {
    async list(person) {
      const begun = new Map((await allProgress(store, person)).map((progress) => [progress.lab, progress.done]));
      return [...library.current.labs.values()].map((lab) => {
        const done = begun.get(lab.id);
        return { lab, state: done === undefined ? "new" : done ? "done" : "begun" };
      });
    },
    async start(lab, person) {
      const kept = (await allProgress(store, person)).find((progress) => progress.lab === lab.id && !progress.done);
      const progress = kept && positionOf(kept) ? { ...kept, at: store.now() } : fresh(lab, person);
      await save(progress);
      return (await current(person)).position;
    },
    position: async (person) => (await current(person)).position,
    async find(person) {
      const progress = await currentProgress(store, person);
      return progress && positionOf(progress);
    },
    async hint(person) {
      const { progress, position } = await current(person);
      const { hints } = position.step;
      const hint = hints[Math.min(progress.hints, hints.length - 1)] ?? "There is no hint for this step.";
      const seen = Math.min(progress.hints + 1, hints.length);
      await save({ ...progress, hints: seen, at: store.now() });
      return { position: { ...position, hints: seen }, hint };
    },
    async check(person, run) {
      const { progress, position } = await current(person);
      const { lab, step, index } = position;
      const verdict = await checkStep(step.check, run);
      if (!verdict.passed) return { verdict, lab, index, next: position };
      const last = index === lab.steps.length - 1;
      const moved = { ...progress, step: last ? index : index + 1, hints: 0, done: last ? 1 : 0, at: store.now() };
      await save(moved);
      const next = last ? undefined : positionOf(moved);
      return { verdict, lab, index, ...(next && { next }) };
    },
    async stop(person) {
      const { progress, position } = await current(person);
      await store.write((tx) =>
        tx.deleteFrom("lab_progress").where("person", "=", person).where("lab", "=", progress.lab).execute(),
      );
      return position.lab;
    },
  };
}
