import { z } from "zod";
import { CliError } from "../../engine/cli-error.ts";
import { findContainer, forEachName } from "../each.ts";
import { patienceOf } from "../foreground.ts";
import { defineLine } from "../session.ts";

export const wait = defineLine({
  name: "wait",
  also: ["container wait"],
  usage: "docker wait CONTAINER [CONTAINER...]",
  summary: "Block until one or more containers stop, then print their exit codes",
  flags: z.object({}),
  args: [1, 20],
  completes: "container",
  async run({ args }, session) {
    const patience = patienceOf(session);
    const { exitCode } = await forEachName(session, args, async (typed) => {
      const found = await findContainer(session, typed);
      const waiting = session.engine.containers.wait(found.id);
      waiting.catch(() => {});
      const result = await Promise.race([waiting, patience]);
      if (typeof result === "object") return String(result.code);
      session.note(`\`${found.shown}\` still runs, so I stopped waiting. \`docker stop ${found.shown}\` ends it.`);
      throw new CliError("the wait was ended");
    });
    return exitCode;
  },
});
