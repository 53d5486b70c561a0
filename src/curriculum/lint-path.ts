import type { Linted } from "./lint.ts";
import type { Kind } from "./read-content.ts";

/** What a chapter names must be there; every concept and lab of ours stands in exactly one chapter, those of a pack in one at most. */
export function lintPath({ files, items, report }: Linted): void {
  const chapters = [...items.path.values()];
  if (chapters.length === 0) return;
  const places = new Map<number, string>();
  for (const { id, order } of chapters) {
    const other = places.get(order);
    if (other !== undefined) report("path", id, "order:", `path/${other}.md has the same order`);
    places.set(order, id);
  }
  for (const kind of ["concepts", "labs"] as const) {
    const homes = new Map<string, string>();
    for (const chapter of chapters) {
      for (const wanted of chapter[kind]) {
        const home = homes.get(wanted);
        if (!files[kind].has(wanted)) report("path", chapter.id, wanted, `there is no ${kind}/${wanted}.md`);
        else if (home === chapter.id) report("path", chapter.id, wanted, `${wanted} is named twice`);
        else if (home !== undefined) report("path", chapter.id, wanted, `${wanted} stands in path/${home}.md already`);
        else homes.set(wanted, chapter.id);
      }
    }
    for (const [id, file] of files[kind]) if (!homes.has(id) && !file.pack) report(kind, id, "title:", missing(kind));
  }
  for (const { id, experiments } of chapters)
    for (const wanted of experiments)
      if (!files.experiments.has(wanted)) report("path", id, wanted, `there is no experiments/${wanted}.md`);
  const asked = new Set([...items.questions.values()].map(({ concept }) => concept));
  for (const { id, concepts } of chapters)
    if (!concepts.some((concept) => asked.has(concept)))
      report("path", id, "concepts:", "no concept of this chapter has a question");
}

const missing = (kind: Kind) => `it stands in no chapter: name it under ${kind} in one file of path/`;
