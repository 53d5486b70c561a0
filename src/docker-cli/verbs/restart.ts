import { defineLine } from "../session.ts";
import { checkStart } from "../start-own.ts";
import { stopEach, stopFlags } from "../stop-each.ts";

export const restart = defineLine({
  name: "restart",
  also: ["container restart"],
  usage: "docker restart [OPTIONS] CONTAINER [CONTAINER...]",
  summary: "Restart one or more containers",
  flags: stopFlags,
  args: [1, 20],
  completes: "container",
  run: ({ flags, args }, session) =>
    stopEach(args, flags, session, async (found, seconds) => {
      await checkStart(session, found);
      await session.engine.containers.restart(found.id, seconds);
      session.host.watch(found.id, session.owner);
    }),
});
