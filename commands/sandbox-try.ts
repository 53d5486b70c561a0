import { z } from "zod";
import { defineCommand } from "../src/core/command.ts";
import type { Context } from "../src/core/context.ts";
import { UserError } from "../src/core/errors.ts";
import { button, code, controls, press, privately, reply, text } from "../src/core/reply.ts";
import { showPlaceholders } from "../src/curriculum/transcript.ts";
import { lineOwnerOf } from "../src/docker-cli/sandbox-lines.ts";

/** What can be tried where a card has no experiment of its own. */
const anywhere = ["docker run -d --name ada cake", "docker exec ada bake cherries", "docker diff ada"];

/** How many lines are offered. */
const offered = 3;

export default defineCommand({
  name: "sandbox try",
  summary: "Your sandbox, with three things to try about a concept",
  activity: "sandbox",
  reach: "community",
  options: z.object({
    concept: z.string().trim().max(60).default("").describe("The concept, for example layers"),
  }),
  positional: ["concept"],
  complete: {
    concept: (typed, { services }) =>
      services.tutor.suggest(typed).map(({ id, title }) => ({ label: title, value: id })),
  },
  async run({ concept: name }, context) {
    const concept = name ? context.services.tutor.concept(name) : undefined;
    if (name && !concept) {
      throw new UserError(
        "There is no card of that name, so I have nothing to try about it. `topics` lists all of them.",
        [button("All topics", press("topics"))],
      );
    }
    await lineOwnerOf(context);
    return privately(
      reply(
        text(
          `**Your sandbox is ready.** Three lines to try${concept ? ` about ${concept.title}` : ""}; type them here, one at a time:`,
        ),
        code(
          linesFor(concept?.experiment, context)
            .map((line) => `$ ${line}`)
            .join("\n"),
          "console",
        ),
        controls(
          concept?.experiment !== undefined &&
            button("Show me first", press("show", { experiment: concept.experiment })),
          concept?.lab !== undefined && button("Do the lab", press("lab start", { lab: concept.lab })),
          button("My sandbox", press("sandbox status")),
        ),
      ),
    );
  },
});

/** The first lines of the experiment that stand on their own. */
function linesFor(experiment: string | undefined, { services }: Context): string[] {
  const steps = services.curriculum.current.experiments.get(experiment ?? "")?.steps ?? [];
  const lines = steps
    .flatMap(({ console }) => console.map(({ command }) => command))
    .filter((command) => !/\n|\{[a-z-]+\}/.test(command));
  return (lines.length >= offered ? lines : anywhere).slice(0, offered).map(showPlaceholders);
}
