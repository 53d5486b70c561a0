import { z } from "zod";
import { defineCommand } from "../src/core/command.ts";
import { quote } from "../src/core/dispatch.ts";
import { UserError } from "../src/core/errors.ts";
import { nearest } from "../src/core/nearest.ts";
import { button, press } from "../src/core/reply.ts";
import type { Standing } from "../src/path/standing.ts";
import { viewChapter, viewPath } from "../src/path/view.ts";

export default defineCommand({
  name: "path",
  summary: "Learn step by step: chapters from the first container to Compose, and what is next for you",
  options: z.object({
    chapter: z.string().trim().max(100).default("").describe("A chapter by its number or name, for example 3"),
  }),
  positional: ["chapter"],
  examples: ["path", "path 3", "path where-changes-go"],
  // "path not found in container" is a question.
  claims: (rest) => /^(?:chapter )?(?:\d{1,2}|[a-z-]+)?$/i.test(rest),
  complete: {
    chapter: (typed, { services }) =>
      [...services.curriculum.current.path.values()]
        .sort((a, b) => a.order - b.order)
        .filter(({ id, title }) => `${id} ${title}`.toLowerCase().includes(typed.toLowerCase()))
        .map(({ id, title }) => ({ label: title, value: id })),
  },
  async run({ chapter: typed }, { services, person }) {
    const options = { labs: services.offers().sandbox };
    const where = await services.path.where(person.id, options);
    if (!typed) return viewPath(where, services.curriculum.current, options);
    const found = findChapter(typed, where.all);
    if (found) return viewChapter(found, where, services.curriculum.current, options);
    const near = nearest(
      typed,
      where.all.map(({ chapter }) => chapter.id),
    );
    throw new UserError(`There is no chapter ${quote(typed)}. They have the numbers 1 to ${where.all.length}.`, [
      ...near.map((id) =>
        button(services.curriculum.current.path.get(id)?.title ?? id, press("path", { chapter: id })),
      ),
      button("The whole path", press("path")),
    ]);
  },
});

function findChapter(typed: string, all: readonly Standing[]): Standing | undefined {
  const wanted = typed.toLowerCase().replace(/^chapter /, "");
  return all.find(
    ({ number, chapter }) =>
      String(number) === wanted || chapter.id === wanted.replaceAll(" ", "-") || chapter.title.toLowerCase() === wanted,
  );
}
