import { z } from "zod";
import { defineCommand } from "../src/core/command.ts";
import { button, type Control, controls, heading, press, reply, text } from "../src/core/reply.ts";
import { byChapter } from "../src/path/by-chapter.ts";
import { chaptersOf } from "../src/path/standing.ts";

/** How many choices every platform's select can hold. */
const choices = 25;

export default defineCommand({
  name: "topics",
  summary: "List everything this tutor teaches",
  options: z.object({}),
  claims: (rest) => rest === "",
  run(_options, { services }) {
    const { current } = services.curriculum;
    const groups = byChapter([...current.concepts.values()], ({ concepts }) => concepts, chaptersOf(current));
    return reply(
      heading(`${current.concepts.size} topics`),
      ...groups.map(({ title, items }) =>
        text([`**${title}**`, ...items.map(({ title: name, id }) => `- ${name} (\`${id}\`)`)].join("\n")),
      ),
      text("Read one with `concept <name>`, or ask in your own words. `path` leads you through all of them."),
      controls(button("Learn step by step", press("path")), ...inSelects(groups)),
    );
  },
});

type Group = { title: string; items: { title: string; id: string }[] };

/** Selects of whole chapters, as many in one as it takes. */
function inSelects(groups: readonly Group[]): Control[] {
  const parts: Group["items"][] = [];
  for (const { items } of groups) {
    const open = parts.at(-1);
    if (open && open.length + items.length <= choices) open.push(...items);
    else for (let from = 0; from < items.length; from += choices) parts.push(items.slice(from, from + choices));
  }
  return parts.map((part) => ({
    kind: "select",
    placeholder: `${part[0]?.title} to ${part.at(-1)?.title}`.slice(0, 100),
    press: press("concept"),
    fills: "name",
    choices: part.map(({ title, id }) => ({ label: title, value: id })),
  }));
}
