import { z } from "zod";
import { defineCommand } from "../src/core/command.ts";
import { UserError } from "../src/core/errors.ts";
import { button, code, controls, press, privately, reply, text } from "../src/core/reply.ts";
import { showStacks } from "../src/pictures/layer-picture.ts";
import { ownStacks } from "../src/pictures/own-stacks.ts";
import { count } from "../src/pictures/stack-facts.ts";
import { stackLines } from "../src/pictures/stack-words.ts";

/** The asker's containers on top of the layers they share. */
export default defineCommand({
  name: "sandbox picture",
  summary: "A picture of your containers' writable layers on top of the image's layers",
  options: z.object({
    theme: z.enum(["dark", "light"]).default("dark").describe("The background: dark or light"),
  }),
  positional: ["theme"],
  async run({ theme }, { services, person }) {
    const { sandboxes, pictures } = services;
    if (!sandboxes)
      throw new UserError(
        "There are no sandboxes here: this bot runs without Docker. Questions and quizzes work as always.",
      );
    const readiness = sandboxes.readiness();
    if (readiness.state !== "ready") throw new UserError(readiness.why);
    const stacks = await ownStacks(sandboxes, person.id);
    if (stacks.length === 0)
      throw new UserError("You have no container to draw. Start a sandbox, change something in it, and ask again.", [
        button("Start a sandbox", press("sandbox start"), "primary"),
      ]);
    const containers = stacks.reduce((sum, stack) => sum + stack.containers.length, 0);
    return privately(
      reply(
        text(
          `${count(containers, "container")} on ${count(stacks.length, "image")}: the image's layers are read-only and shared, and whatever a container changes is in its own writable layer.`,
        ),
        ...(pictures
          ? await showStacks(pictures, stacks, theme)
          : stacks.map((facts) => code(stackLines(facts).join("\n")))),
        text("Folders that only contain a change are left out here; `docker diff` lists them too, as changed."),
        controls(
          button("Show my changes", press("sandbox changes")),
          button("Reset", press("sandbox reset"), "danger"),
        ),
      ),
    );
  },
});
