import { type Curriculum, loadCurriculum } from "./load.ts";

declare module "../core/context.ts" {
  interface Services {
    curriculum: Library;
  }
}

/** The content that is taught now, and how it is replaced. */
export interface Library {
  readonly current: Curriculum;
  /** Reads all folders again. Throws CurriculumError and keeps what was there when anything is wrong. */
  reload(): Curriculum;
  /** Calls back after each successful reload. */
  onReload(listener: (curriculum: Curriculum) => void): void;
}

/** Loads the folders, later ones adding to earlier ones. Throws CurriculumError with every problem. */
export function openLibrary(dirs: string[]): Library {
  let current = loadCurriculum({ dirs });
  const listeners: ((curriculum: Curriculum) => void)[] = [];
  return {
    get current() {
      return current;
    },
    reload() {
      current = loadCurriculum({ dirs, whole: true });
      for (const listener of listeners) listener(current);
      return current;
    },
    onReload(listener) {
      listeners.push(listener);
    },
  };
}
