import { z } from "zod";
import { defineCommand } from "../src/core/command.ts";
import { controls, heading, press, reply, text } from "../src/core/reply.ts";

export default defineCommand({
  name: "topics",
  summary: "List everything this tutor teaches",
  options: z.object({}),
  claims: (rest) => rest === "",
  run(_options, { services }) {
    const concepts = [...services.curriculum.current.concepts.values()].sort((a, b) => a.title.localeCompare(b.title));
    const half = Math.ceil(concepts.length / 2);
    return reply(
      heading(`${concepts.length} topics`),
      text(concepts.map(({ title, id }) => `- ${title} (\`${id}\`)`).join("\n")),
      text("Read one with `concept <name>`, or ask in your own words."),
      controls(
        ...[concepts.slice(0, half), concepts.slice(half)].map((part) => ({
          kind: "select" as const,
          placeholder: `${part[0]?.title} to ${part.at(-1)?.title}`.slice(0, 100),
          press: press("concept"),
          fills: "name",
          choices: part.slice(0, 25).map(({ title, id }) => ({ label: title, value: id })),
        })),
      ),
    );
  },
});
