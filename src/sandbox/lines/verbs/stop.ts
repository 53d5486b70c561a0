import { z } from "zod";
import { findContainer, forEachName } from "../each.ts";
import { number, word } from "../flags.ts";
import { defineLine } from "../session.ts";
import { noteKilled, stopTime } from "../stop-time.ts";

export const stop = defineLine({
  name: "stop",
  also: ["container stop"],
  usage: "docker stop [OPTIONS] CONTAINER [CONTAINER...]",
  summary: "Stop one or more running containers",
  flags: z.object({ timeout: number("t"), time: number(), signal: word("s") }),
  args: [1, 20],
  completes: "container",
  async run({ flags, args }, session) {
    const seconds = stopTime(flags.timeout ?? flags.time, session);
    const { exitCode } = await forEachName(session, args, async (typed) => {
      const found = await findContainer(session, typed);
      await session.engine.containers.stop(found.id, seconds);
      if (found.state === "running") await noteKilled(session, found);
      return typed;
    });
    return exitCode;
  },
});
