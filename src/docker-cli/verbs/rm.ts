import { z } from "zod";
import { CliError } from "../../engine/cli-error.ts";
import { findContainer, forEachName, nameAsTyped, refuseMain } from "../each.ts";
import { yes } from "../flags.ts";
import { LineRefusal } from "../line-refusal.ts";
import { defineLine } from "../session.ts";

export const rm = defineLine({
  name: "rm",
  also: ["container rm", "container remove"],
  usage: "docker rm [OPTIONS] CONTAINER [CONTAINER...]",
  summary: "Remove one or more containers",
  flags: z.object({ force: yes("f"), volumes: yes("v"), link: yes("l") }),
  args: [1, 20],
  completes: "container",
  async run({ flags, args }, session) {
    if (flags.link)
      throw new LineRefusal("Links are an old kind of network, and containers here have none.", "networking-localhost");
    const { exitCode } = await forEachName(session, args, async (typed) => {
      try {
        const found = await findContainer(session, typed);
        refuseMain(found, "rm");
        const { id } = found;
        await nameAsTyped(session, id, typed, session.engine.containers.remove(id, { force: flags.force }));
      } catch (error) {
        // With --force a missing container is told, and is no failure.
        if (!flags.force || !(error instanceof CliError) || !/No such container/.test(error.message)) throw error;
        session.out.line(error.message);
        return undefined;
      }
      return typed;
    });
    return exitCode;
  },
});
