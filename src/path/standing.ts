import type { Curriculum } from "../curriculum/load.ts";
import type { Chapter } from "../curriculum/schema.ts";
import type { SeenKind } from "./seen.ts";

/** What the store knows about a learner, as far as the path needs it. */
export interface Known {
  seen: Record<SeenKind, ReadonlySet<string>>;
  /** Concepts whose last answer was right. */
  right: ReadonlySet<string>;
  /** Labs by id: how many steps are done, and whether that is all of them. */
  labs: ReadonlyMap<string, { step: number; done: boolean; at: number }>;
  /** How many reviews are due now. */
  due: number;
}

/** How far somebody is in a chapter; every list holds ids in the chapter's order. */
export interface Standing {
  chapter: Chapter;
  /** Where it stands among the chapters, from 1. */
  number: number;
  unread: string[];
  unseen: string[];
  /** Concepts with questions of which none was answered right yet. */
  unasked: string[];
  undoneLabs: string[];
  done: boolean;
  begun: boolean;
}

/** The next thing to do. */
export type Next =
  | { kind: "review"; due: number }
  | { kind: "lab"; lab: string; begun: boolean; chapter: Chapter }
  | { kind: "concept"; concept: string; chapter: Chapter }
  | { kind: "experiment"; experiment: string; chapter: Chapter }
  | { kind: "quiz"; left: number; chapter: Chapter }
  | { kind: "finished" };

/** The chapters in their order. */
export function chaptersOf({ path }: Pick<Curriculum, "path">): Chapter[] {
  return [...path.values()].sort((a, b) => a.order - b.order);
}

/**
 * How far somebody is in every chapter. What was answered right needs no reading, and whoever did a chapter's questions and labs needs no
 * experiment. Labs count only where there are sandboxes.
 */
export function standings(curriculum: Curriculum, known: Known, { labs }: { labs: boolean }): Standing[] {
  const asked = new Set([...curriculum.questions.values()].map(({ concept }) => concept));
  return chaptersOf(curriculum).map((chapter, index) => {
    const unasked = chapter.concepts.filter((id) => asked.has(id) && !known.right.has(id));
    const unread = chapter.concepts.filter((id) => !known.seen.concept.has(id) && !known.right.has(id));
    const undoneLabs = chapter.labs.filter((id) => !known.labs.get(id)?.done);
    const proven = unasked.length === 0 && undoneLabs.length === 0;
    const unseen = proven ? [] : chapter.experiments.filter((id) => !known.seen.experiment.has(id));
    const begun =
      unread.length < chapter.concepts.length ||
      unasked.length < chapter.concepts.filter((id) => asked.has(id)).length ||
      chapter.experiments.some((id) => known.seen.experiment.has(id)) ||
      chapter.labs.some((id) => known.labs.has(id));
    const done = unread.length === 0 && unasked.length === 0 && (!labs || undoneLabs.length === 0);
    return { chapter, number: index + 1, unread, unseen, unasked, undoneLabs, done, begun };
  });
}

/** What to do next: reviews, then the lab that was left in the middle, then the first thing of the first chapter that is not done. */
export function nextOf(all: readonly Standing[], known: Known, { labs }: { labs: boolean }): Next {
  if (known.due > 0) return { kind: "review", due: known.due };
  const left = labs ? lastBegun(all, known) : undefined;
  if (left) return { kind: "lab", ...left, begun: true };
  const open = all.find(({ done }) => !done);
  return open ? nextIn(open, known, { labs }) : { kind: "finished" };
}

/** What to do next in one chapter: a card, then its experiment, then its questions, then its lab. */
export function nextIn({ chapter, ...left }: Standing, known: Known, { labs }: { labs: boolean }): Next {
  const [concept] = left.unread;
  if (concept !== undefined) return { kind: "concept", concept, chapter };
  const nothingSeen = left.unseen.length === chapter.experiments.length;
  const [experiment] = left.unseen;
  if (nothingSeen && experiment !== undefined) return { kind: "experiment", experiment, chapter };
  if (left.unasked.length > 0) return { kind: "quiz", left: left.unasked.length, chapter };
  const [lab] = labs ? left.undoneLabs : [];
  return lab === undefined ? { kind: "finished" } : { kind: "lab", lab, begun: known.labs.has(lab), chapter };
}

/** The lab that was touched last and is not done. */
function lastBegun(all: readonly Standing[], known: Known): { lab: string; chapter: Chapter } | undefined {
  const begun = all.flatMap(({ chapter, undoneLabs }) =>
    undoneLabs.flatMap((lab) => {
      const progress = known.labs.get(lab);
      return progress ? [{ lab, chapter, at: progress.at }] : [];
    }),
  );
  return begun.sort((a, b) => b.at - a.at)[0];
}
