import { keepContent } from "../curriculum/kept-content.ts";
import { loadCurriculum } from "../curriculum/load.ts";
import { keepIndexes } from "./cards/indexes.ts";

/** Prepares our own content once, at the installation, so that no start has to. Throws where nothing can be written. */
export function keepPrepared(content: string): void {
  const curriculum = loadCurriculum({ dirs: [content] });
  if (!curriculum.prepared) return;
  keepContent(curriculum.prepared, curriculum.answers, curriculum.errors);
  keepIndexes(curriculum);
}
