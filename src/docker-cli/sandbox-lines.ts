import type { Context } from "../core/context.ts";
import { UserError } from "../core/errors.ts";
import { button, press } from "../core/reply.ts";
import type { Sandboxes } from "../sandbox/service.ts";
import { readably } from "../sandbox/trouble.ts";
import { createDockerLines, type DockerLines, type LineOwner, type LineResult } from "./docker-lines.ts";

declare module "../core/context.ts" {
  interface Services {
    /** Docker lines in learners' sandboxes. Absent where the program runs without containers. */
    dockerLines?: DockerLines;
  }
}

/** The name of a learner's sandbox among their containers. */
const mainName = "sandbox";

/** Docker lines on the containers of the sandbox service, which removes them with everything else a learner has. */
export function createSandboxLines(sandboxes: Sandboxes, now: () => number = Date.now): DockerLines {
  const { engine, createContainer, labelsOf, imageLabels, namesOf, runIn, watch, offend, takeNews } = sandboxes;
  const lines = createDockerLines({
    host: {
      engine,
      createContainer,
      labelsOf,
      imageLabels,
      namesOf,
      runIn,
      watch,
      offend,
      takeNews,
      shared: sandboxes.images,
    },
    now,
  });
  sandboxes.onEnd(lines.forget);
  return lines;
}

/** The person's place for docker lines; opens one if they have none. Throws {@link UserError}. */
export async function lineOwnerOf({
  services: { sandboxes, dockerLines },
  person,
  place,
}: Context): Promise<LineOwner> {
  if (!sandboxes || !dockerLines)
    throw new UserError(
      "There are no containers here: this bot runs without Docker. Questions and quizzes work as always.",
      [button("All topics", press("topics")), button("Quiz me", press("quiz solo"))],
    );
  const { owner, slot, sandbox } = await sandboxes.workbench(person, place);
  const workspace = `${place.platform}:${place.workspace}`;
  return { owner, slot, workspace, ...(sandbox && { main: { id: sandbox.container, shown: mainName } }) };
}

/** Runs a line for the person who typed it, after their last one. Throws {@link UserError}. */
export async function runLearnerLine(typed: string, context: Context): Promise<LineResult> {
  const { sandboxes, dockerLines } = context.services;
  const who = await lineOwnerOf(context);
  if (!sandboxes || !dockerLines) throw new Error("the owner of a line was found without the services");
  return sandboxes.exclusively(who.owner, () =>
    readably(() => dockerLines.run(typed, who, { signal: context.signal })),
  );
}
