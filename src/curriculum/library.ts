import { inSlices } from "../core/slices.ts";
import { type Curriculum, loadCurriculum, loadWhole } from "./load.ts";

declare module "../core/context.ts" {
  interface Services {
    curriculum: Library;
  }
}

/** The content that is taught now, and how it is replaced. */
export interface Library {
  readonly current: Curriculum;
  /** Why the packs are not taught; undefined when they are, or when there are none. */
  readonly refused: unknown;
  /**
   * Reads all folders again, in slices between which the program goes on. Rejects with a CurriculumError and keeps what was there when
   * anything is wrong. One reload follows the other.
   */
  reload(): Promise<Curriculum>;
  /** Has a part get ready for content that is about to be taught. What `prepare` resolves with runs when everybody is ready, together with the change. */
  onReload(prepare: (next: Curriculum) => Promise<() => void>): void;
}

/**
 * Loads the folders, later ones adding to the first. Where the others cannot be taught, the first one is taught alone and `refused` says
 * why. Throws CurriculumError with every problem of the first one.
 */
export function openLibrary(dirs: string[]): Library {
  let { current, refused } = loadFirst(dirs);
  const parts: Parameters<Library["onReload"]>[0][] = [];
  let last: Promise<unknown> = Promise.resolve();

  async function reload(): Promise<Curriculum> {
    const next = await inSlices(loadWhole(dirs));
    const changes = [];
    for (const prepare of parts) changes.push(await prepare(next));
    current = next;
    refused = undefined;
    for (const change of changes) change();
    return next;
  }

  return {
    get current() {
      return current;
    },
    get refused() {
      return refused;
    },
    reload() {
      const mine = last.then(reload);
      last = mine.catch(() => {});
      return mine;
    },
    onReload(prepare) {
      parts.push(prepare);
    },
  };
}

function loadFirst(dirs: string[]): { current: Curriculum; refused?: unknown } {
  try {
    return { current: loadCurriculum({ dirs }) };
  } catch (refused) {
    if (dirs.length === 1) throw refused;
    return { current: loadCurriculum({ dirs: dirs.slice(0, 1) }), refused };
  }
}
