import { z } from "zod";
import { defineCommand } from "../src/core/command.ts";
import { quote } from "../src/core/dispatch.ts";
import { nearest } from "../src/core/nearest.ts";
import { button, controls, press, privately, reply, text } from "../src/core/reply.ts";
import { suggestionButton } from "../src/core/suggestion-button.ts";

export default defineCommand({
  name: "suggest",
  summary: "Names the nearest commands for a line that none of them reads",
  hidden: true,
  options: z.object({ typed: z.string().default("") }),
  run({ typed }, { services }) {
    const names = services.commands().flatMap(({ name, hidden }) => (hidden ? [] : [name]));
    const [first = ""] = typed.toLowerCase().split(/\s+/);
    const inGroup = names.filter((name) => name.startsWith(`${first} `));
    const near = inGroup.length
      ? inGroup
      : [
          ...new Set([
            ...nearest(typed, names),
            ...nearest(
              first,
              names.map((name) => name.split(" ")[0] ?? name),
            ),
          ]),
        ];
    const shown = near.slice(0, 4);
    const question = typed.length <= 60 && encodesShort(typed);
    return privately(
      reply(
        text(
          `${quote(typed)} is not a command${shown.length ? `. Did you mean ${shown.map((name) => `\`${name}\``).join(", ")}` : ""}? To ask it as a question, put \`ask\` before it.`,
        ),
        controls(
          ...shown.map((name) => suggestionButton(name, services.commands())),
          question && button("Ask it as a question", press("ask", { question: typed })),
        ),
      ),
    );
  },
});

/** Whether the text still fits into a control once it is percent-encoded. */
function encodesShort(typed: string): boolean {
  return new URLSearchParams({ question: typed }).toString().length <= 80;
}
