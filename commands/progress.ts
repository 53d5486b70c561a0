import { z } from "zod";
import { defineCommand } from "../src/core/command.ts";
import { UserError } from "../src/core/errors.ts";
import { button, controls, heading, press, privately, type Reply, reply, text } from "../src/core/reply.ts";

const show = defineCommand({
  name: "progress",
  summary: "What you know well, what is weak, and what is due for review",
  options: z.object({}),
  // "progress bar stuck while building" is a question.
  claims: (rest) => rest === "",
  run: (_, context) => context.services.quiz.progress.show(context),
});

const name = defineCommand({
  name: "progress name",
  summary: "Show or hide your name on scoreboards",
  options: z.object({ show: z.enum(["yes", "no"]).describe("Show your name: yes or no") }),
  positional: ["show"],
  examples: ["progress name yes"],
  async run({ show }, context) {
    if (show === "yes" && context.person.nameless)
      throw new UserError(
        "I am not told your name here, so scoreboards can only call you a guest. Nothing was changed; whoever runs me can grant the permission that shows names.",
      );
    await context.services.quiz.setNamed(context, show === "yes");
    return privately(
      reply(
        text(
          show === "yes"
            ? "Your name stands on scoreboards from now on. `progress name no` hides it again."
            : "You appear as a guest on scoreboards from now on.",
        ),
      ),
    );
  },
});

const exportData = defineCommand({
  name: "progress export",
  summary: "Everything stored about you, as a JSON file",
  options: z.object({}),
  async run(_, { person, services, now }): Promise<Reply> {
    const data = await services.personal.collect(person.id);
    const kept = { exported: new Date(now()).toISOString(), person: person.id, ...data };
    return privately(
      reply(text("This is everything I keep about you, as JSON."), {
        kind: "file",
        name: "bakehouse-my-data.json",
        text: JSON.stringify(kept, null, 2),
      }),
    );
  },
});

const forget = defineCommand({
  name: "progress forget",
  summary: "Delete everything stored about you",
  options: z.object({
    sure: z.enum(["yes", "no"]).default("no").describe("yes deletes at once; without it you are asked first"),
  }),
  async run({ sure }, { person, services }): Promise<Reply> {
    if (sure === "no") return askForget();
    await services.personal.forget(person.id);
    return privately(
      reply(
        text(
          "Done: I keep nothing about you any more. What stays belongs to nobody: how often each option of a question was chosen.",
        ),
      ),
    );
  },
});

/** Asks before anything is deleted, and tells what stays. */
function askForget(): Reply {
  return privately(
    reply(
      heading("Delete everything about you?"),
      text(
        "Gone for good: your answers, scores, reviews, streak, name setting, open quiz, labs and feedback, and that you may moderate where somebody let you. " +
          "What stays belongs to nobody: how often each option was chosen. Messages already posted in channels stay where they are, " +
          "and a sandbox that runs stays until it ends; `sandbox stop` ends it.",
      ),
      controls(
        button("Delete it all", press("progress forget", { sure: "yes" }), "danger"),
        button("Keep it", press("progress")),
      ),
    ),
  );
}

export default [show, name, exportData, forget];
