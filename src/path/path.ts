import type { Library } from "../curriculum/library.ts";
import { allProgress } from "../labs/progress.ts";
import { dueReviews } from "../quiz/record/reviews.ts";
import "../quiz/tables.ts";
import type { Store } from "../store/store.ts";
import { noteSeen, type SeenKind, seenBy } from "./seen.ts";
import { type Known, type Next, nextOf, type Standing, standings } from "./standing.ts";

declare module "../core/context.ts" {
  interface Services {
    path: Path;
  }
}

/** Where somebody is on the path. */
export interface Whereabouts {
  all: Standing[];
  known: Known;
  next: Next;
}

/** The way through everything taught, for each learner from where they are. */
export interface Path {
  /** Notes that a person read a card or watched an experiment. */
  saw(person: string, kind: SeenKind, item: string): Promise<void>;
  /** How far a person is, from all that is stored about them. `labs` is false where there are no sandboxes to do them in. */
  where(person: string, options: { labs: boolean }): Promise<Whereabouts>;
}

export function createPath({ library, store }: { library: Library; store: Store }): Path {
  async function knownOf(person: string): Promise<Known> {
    const [seen, labs, reviews, due] = await Promise.all([
      seenBy(store, person),
      allProgress(store, person),
      store.read
        .selectFrom("review")
        .select(["concept", "correct", "missed"])
        .where("learner", "=", person)
        .where("correct", ">", 0)
        .execute(),
      dueReviews(store.read, person, store.now()),
    ]);
    return {
      seen,
      right: new Set(reviews.filter(({ missed }) => missed === null).map(({ concept }) => concept)),
      labs: new Map(labs.map(({ lab, step, done, at }) => [lab, { step, done: done === 1, at }])),
      due: due.filter(({ concept }) => library.current.concepts.has(concept)).length,
    };
  }

  return {
    saw: (person, kind, item) => noteSeen(store, person, kind, item),
    async where(person, options) {
      const known = await knownOf(person);
      const all = standings(library.current, known, options);
      return { all, known, next: nextOf(all, known, options) };
    },
  };
}
