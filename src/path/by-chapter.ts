import type { Chapter } from "../curriculum/schema.ts";

/** Chapters as groups of a longer list, with what stands in none of them at the end. */
export function byChapter<T extends { id: string }>(
  items: readonly T[],
  idsOf: (standing: Chapter) => readonly string[],
  chapters: readonly Chapter[],
): { title: string; items: T[] }[] {
  const byId = new Map(items.map((item) => [item.id, item]));
  const groups = chapters.map((chapter, index) => ({
    title: `${index + 1}. ${chapter.title}`,
    items: idsOf(chapter).flatMap((id) => byId.get(id) ?? []),
  }));
  const placed = new Set(chapters.flatMap((chapter) => idsOf(chapter)));
  const rest = items.filter(({ id }) => !placed.has(id));
  return [...groups, { title: "More", items: rest }].filter((group) => group.items.length > 0);
}
