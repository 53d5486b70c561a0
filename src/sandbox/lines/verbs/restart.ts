import { z } from "zod";
import { findContainer, forEachName } from "../each.ts";
import { number, word } from "../flags.ts";
import { defineLine } from "../session.ts";
import { checkLayer } from "../start-own.ts";
import { stopTime } from "../stop-time.ts";

export const restart = defineLine({
  name: "restart",
  also: ["container restart"],
  usage: "docker restart [OPTIONS] CONTAINER [CONTAINER...]",
  summary: "Restart one or more containers",
  flags: z.object({ timeout: number("t"), time: number(), signal: word("s") }),
  args: [1, 20],
  completes: "container",
  async run({ flags, args }, session) {
    const seconds = stopTime(flags.timeout ?? flags.time, session);
    const { exitCode } = await forEachName(session, args, async (typed) => {
      const found = await findContainer(session, typed);
      await checkLayer(session, found);
      await session.engine.containers.restart(found.id, seconds);
      session.host.watch(found.id, session.owner);
      return typed;
    });
    return exitCode;
  },
});
