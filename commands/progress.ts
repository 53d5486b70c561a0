import { z } from "zod";
import { defineCommand } from "../src/core/command.ts";
import { privately, reply, text } from "../src/core/reply.ts";

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
  run: (_, context) => context.services.quiz.progress.exportAll(context),
});

const forget = defineCommand({
  name: "progress forget",
  summary: "Delete everything stored about you",
  options: z.object({
    sure: z.enum(["yes", "no"]).default("no").describe("yes deletes at once; without it you are asked first"),
  }),
  run: ({ sure }, context) =>
    sure === "yes" ? context.services.quiz.progress.forget(context) : context.services.quiz.progress.askForget(),
});

export default [show, name, exportData, forget];
