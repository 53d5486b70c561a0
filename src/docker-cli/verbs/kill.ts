import { z } from "zod";
import { CliError } from "../../engine/cli-error.ts";
import { checkSignal } from "../create-own.ts";
import { findContainer, forEachName, nameAsTyped } from "../each.ts";
import { word } from "../flags.ts";
import { defineLine } from "../session.ts";

export const kill = defineLine({
  name: "kill",
  also: ["container kill"],
  usage: "docker kill [OPTIONS] CONTAINER [CONTAINER...]",
  summary: "Kill one or more running containers",
  flags: z.object({ signal: word("s") }),
  args: [1, 20],
  completes: "container",
  async run({ flags, args }, session) {
    const signal = flags.signal === undefined ? undefined : checkSignal(flags.signal);
    const { exitCode } = await forEachName(session, args, async (typed) => {
      try {
        const { id } = await findContainer(session, typed);
        await nameAsTyped(session, id, typed, session.engine.containers.kill(id, signal));
      } catch (error) {
        if (error instanceof CliError && /No such container/.test(error.message))
          throw new CliError(error.message.replace("daemon: No", `daemon: Cannot kill container: ${typed}: No`));
        throw error;
      }
      return typed;
    });
    return exitCode;
  },
});
